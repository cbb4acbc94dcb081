import { useId } from 'react';

type SwitchProps = {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  /** Why it cannot be switched, or what it does. */
  hint?: string | null;
  /** The label stands elsewhere, as the head of a row and a column. */
  bare?: boolean;
};

/** On or off, at once. */
export function Switch({ label, checked, onChange, disabled = false, hint = null, bare = false }: SwitchProps) {
  const id = useId();
  const box = (
    <input
      id={id}
      type="checkbox"
      role="switch"
      className="switch"
      checked={checked}
      disabled={disabled}
      aria-label={bare ? label : undefined}
      aria-describedby={hint ? `${id}-hint` : undefined}
      title={bare ? (hint ?? undefined) : undefined}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
  if (bare)
    return (
      <>
        {box}
        {hint && (
          <span id={`${id}-hint`} className="sr-only">
            {hint}
          </span>
        )}
      </>
    );
  return (
    <div className="switch-row">
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-small text-ink-3">
            {hint}
          </p>
        )}
      </div>
      {box}
    </div>
  );
}
