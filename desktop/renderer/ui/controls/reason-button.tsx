import { useId, type ComponentProps } from 'react';
import { Button } from '../button.tsx';
import { Tip } from '../tip.tsx';

type ReasonButtonProps = ComponentProps<typeof Button> & {
  /** Why it cannot be pressed now, in words; null when it can. */
  reason: string | null;
};

/** A button that stays in sight when it cannot be pressed, and says why: on hover, on focus and to screen readers. */
export function ReasonButton({ reason, onClick, ...rest }: ReasonButtonProps) {
  const id = useId();
  if (reason === null) return <Button onClick={onClick} {...rest} />;
  return (
    <Tip label={reason}>
      <span className="inline-flex">
        <Button
          {...rest}
          type="button"
          aria-disabled="true"
          aria-describedby={id}
          onClick={(event) => event.preventDefault()}
        />
        <span id={id} className="sr-only">
          {reason}
        </span>
      </span>
    </Tip>
  );
}
