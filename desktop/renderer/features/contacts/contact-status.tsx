import { leadStatusWord } from '../../lib/format/format-field.ts';

type StatusMarkProps = {
  status: string;
  /** As the workspace calls it; else as the key reads. */
  name?: string | null;
  color?: string | null;
  edited?: boolean;
};

/** A disc in the status's colour, and its name. */
export function StatusMark({ status, name, color, edited = false }: StatusMarkProps) {
  const word = name ?? leadStatusWord(status);
  return (
    <span className="inline-flex max-w-full items-center gap-1.5" title={word}>
      <span
        className="status-dot"
        data-status={status}
        style={color ? { background: color } : undefined}
        aria-hidden="true"
      />
      <span className={edited ? 'edited trunc' : 'trunc'}>{word}</span>
    </span>
  );
}
