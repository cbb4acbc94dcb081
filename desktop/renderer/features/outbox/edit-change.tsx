import { useState } from 'react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { fieldWord } from '../../lib/format/format-field.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { typedFields } from './outbox-words.ts';

type EditChangeProps = {
  entry: OutboxEntry;
  /** Null when it is queued again, else what is wrong. */
  onSave: (input: unknown) => Promise<string | null>;
  onClose: () => void;
};

/** The refused change with what was typed, ready to be put right and sent again. */
export function EditChange({ entry, onSave, onClose }: EditChangeProps) {
  const fields = typedFields(entry).filter(({ value }) => typeof value !== 'object' || value === null);
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(
      fields.map(({ field, value }) => [
        field,
        typeof value === 'object' || value === undefined ? '' : `${value as string | number}`,
      ]),
    ),
  );
  const [error, setError] = useState<string | null>(null);
  const { busy, once } = useOnce();
  const save = async () => {
    const changed = fields.map(({ field, value }) => {
      const text = (texts[field] ?? '').trim();
      return [field, text === '' ? null : typeof value === 'number' ? Number(text) : text] as const;
    });
    const problem = await onSave({ ...(entry.input as object), ...Object.fromEntries(changed) });
    if (problem === null) onClose();
    else setError(problem);
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void once(save);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {fields.map(({ field }, index) => (
        <TextField
          key={field}
          label={fieldWord(field)}
          autoFocus={index === 0}
          value={texts[field] ?? ''}
          onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
        />
      ))}
      {error && <FieldError message={error} />}
      <div className="flex gap-2">
        <Button size="sm" look="primary" type="submit" shortcut="enter" disabled={busy}>
          {t('Send again')}
        </Button>
        <Button size="sm" look="ghost" onClick={onClose}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
