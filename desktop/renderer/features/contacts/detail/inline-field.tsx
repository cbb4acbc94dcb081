import { useId, useRef, useState, type ReactNode } from 'react';
import { t } from '../../../lib/i18n/t.ts';
import { FieldError } from '../../../ui/field.tsx';

type InlineFieldProps = {
  label: string;
  /** As it is edited. */
  text: string;
  /** As it is read; `text` when absent. */
  shown?: ReactNode;
  /** Not saved yet: underlined with dashes. */
  pending?: boolean;
  readOnly?: boolean;
  type?: 'text' | 'tel' | 'email';
  /** Null when it was saved, else what is wrong in words: the field stays open with what was typed. */
  onSave: (text: string) => Promise<string | null>;
};

/** A value that is edited where it stands. Leaving it or Enter saves, Esc brings back what was there. */
export function InlineField({
  label,
  text,
  shown,
  pending = false,
  readOnly = false,
  type = 'text',
  onSave,
}: InlineFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const nothing = readOnly ? t('None') : t('Add');
  const reader = useRef<HTMLButtonElement>(null);
  const saving = useRef(false);

  const close = (focus: boolean) => {
    setDraft(null);
    setError(null);
    if (focus) setTimeout(() => reader.current?.focus());
  };
  const save = async (focus: boolean) => {
    if (draft === null || saving.current) return;
    if (draft.trim() === text.trim()) return close(focus);
    saving.current = true;
    const problem = await onSave(draft);
    saving.current = false;
    if (problem === null) close(focus);
    else setError(problem);
  };

  if (draft === null) {
    return (
      <button
        ref={reader}
        type="button"
        className="inline-value"
        title={text || undefined}
        aria-label={t('{{label}}: {{value}}', { label, value: text || nothing })}
        disabled={readOnly}
        onClick={() => setDraft(text)}
      >
        <span className={`trunc ${pending ? 'edited' : ''} ${text ? '' : 'inline-empty'}`}>
          {text ? (shown ?? text) : nothing}
        </span>
      </button>
    );
  }
  return (
    <>
      <input
        autoFocus
        className="inline-input"
        type={type === 'email' ? 'text' : type}
        inputMode={type}
        autoComplete="off"
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error ? `${id}-error` : undefined}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => void save(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save(true);
          else if (event.key === 'Escape') close(true);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {error && <FieldError id={`${id}-error`} message={error} />}
    </>
  );
}
