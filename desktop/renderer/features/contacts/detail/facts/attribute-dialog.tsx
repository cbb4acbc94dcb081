import { useState } from 'react';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { Button } from '../../../../ui/button.tsx';
import { AreaField, TextField } from '../../../../ui/field.tsx';
import { WritingModal } from '../../../../ui/controls/writing-modal.tsx';
import { parseAttribute } from './parse-attribute.ts';

type AttributeDialogProps = {
  /** Null makes a new one. */
  own: { key: string; label: string; value: unknown } | null;
  taken: readonly string[];
  save: (key: string, value: unknown) => Promise<string | null>;
  onClose: () => void;
};

/** A field with parts is edited as JSON; a new field is a name with a text, or JSON where it begins with a brace. */
export function AttributeDialog({ own, taken, save, onClose }: AttributeDialogProps) {
  const [key, setKey] = useState(own?.key ?? '');
  const [begun] = useState(() => (own?.value ? JSON.stringify(own.value, null, 2) : ''));
  const [text, setText] = useState(begun);
  const { busy, once } = useOnce();
  const [problem, setProblem] = useState<{ at: 'key' | 'value'; message: string } | null>(null);
  const submit = async () => {
    const name = own?.key ?? key.trim();
    if (name === '') return setProblem({ at: 'key', message: t('Name the field') });
    if (!own && taken.includes(name)) return setProblem({ at: 'key', message: t('There is a field of this name.') });
    if (!own && text.trim() === '') return setProblem({ at: 'value', message: t('Say what stands in it') });
    const parsed = parseAttribute(own || /^\s*[{[]/.test(text) ? 'object' : 'text', text);
    const message = parsed.ok ? await save(name, parsed.value) : parsed.message;
    return message === null ? onClose() : setProblem({ at: 'value', message });
  };
  return (
    <WritingModal
      open
      unsaved={key !== (own?.key ?? '') || text !== begun}
      onClose={onClose}
      title={own ? t('Change {{label}}', { label: own.label }) : t('Add a field')}
    >
      <form
        className="grid gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void once(submit);
        }}
      >
        {!own && (
          <TextField
            label={t('Name')}
            autoFocus
            maxLength={100}
            value={key}
            error={problem?.at === 'key' ? problem.message : undefined}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
        <AreaField
          label={own ? t('As JSON; empty takes it away') : t('Value')}
          autoFocus={own !== null}
          rows={own ? 10 : 3}
          spellCheck={false}
          value={text}
          error={problem?.at === 'value' ? problem.message : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}
