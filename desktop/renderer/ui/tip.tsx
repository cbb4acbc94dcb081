import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Shortcut } from '../lib/actions/shortcut.ts';
import { Keys } from './keys.tsx';

/** The word behind a picture, with its key. */
export function Tip({
  label,
  shortcut,
  children,
}: {
  label: string;
  shortcut?: Shortcut | undefined;
  children: ReactNode;
}) {
  return (
    <Tooltip.Root delayDuration={400}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={4} collisionPadding={8}>
          {label}
          {shortcut && <Keys shortcut={shortcut} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export const TipProvider = Tooltip.Provider;
