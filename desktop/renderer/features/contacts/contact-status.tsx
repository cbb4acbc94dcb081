import { leadStatusWord } from '../../lib/format/format-field.ts';

/** A disc that fills up as the lead moves on, and the word. */
export function StatusMark({ status, edited = false }: { status: string; edited?: boolean }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5">
      <span className="status-dot" data-status={status} aria-hidden="true" />
      <span className={edited ? 'edited trunc' : 'trunc'}>{leadStatusWord(status)}</span>
    </span>
  );
}
