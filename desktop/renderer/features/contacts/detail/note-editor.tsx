import { useId, useState } from 'react';
import { MAX_NOTE } from '../../../../../shared/contacts/note-operations.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useUnsentText } from '../../../lib/operations/unsent-text.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldError } from '../../../ui/field.tsx';

type NoteFieldProps = {
  label: string;
  action: string;
  body: string;
  onChange: (body: string) => void;
  /** Null keeps what was typed. */
  onSave: (body: string) => Promise<unknown>;
  onCancel?: () => void;
};

/** Enter makes a new line, ⌘↵ saves. What was typed stays until it is saved. */
function NoteField({ label, action, body, onChange, onSave, onCancel }: NoteFieldProps) {
  const id = useId();
  const { busy, once } = useOnce();
  const typed = body.trim();
  const tooMany = Math.max(0, typed.length - MAX_NOTE);
  const ready = typed !== '' && tooMany === 0;
  const save = () => {
    if (ready) void once(() => onSave(typed));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="field area">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <textarea
          id={id}
          value={body}
          placeholder={label}
          autoFocus={onCancel !== undefined}
          aria-invalid={tooMany > 0}
          aria-describedby={tooMany > 0 ? `${id}-long` : undefined}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save();
            else if (event.key === 'Escape' && onCancel) onCancel();
            else if (event.key === 'Escape') event.currentTarget.blur();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      {tooMany > 0 && (
        <FieldError
          id={`${id}-long`}
          message={t('{{count}} characters too many; a note has at most {{most}}', { count: tooMany, most: MAX_NOTE })}
        />
      )}
      {(typed !== '' || onCancel) && (
        <div className="mt-1.5 flex justify-end gap-1.5">
          {onCancel && (
            <Button size="sm" look="ghost" onClick={onCancel}>
              {t('Cancel')}
            </Button>
          )}
          <Button size="sm" type="submit" shortcut="mod+enter" disabled={!ready || busy}>
            {action}
          </Button>
        </div>
      )}
    </form>
  );
}

/** A note that is not there yet. It waits for whoever went to look something up on another tab or contact. */
export function NewNote({ contactId, onSave }: { contactId: string; onSave: NoteFieldProps['onSave'] }) {
  const { text, write, sent } = useUnsentText(`note on ${contactId}`);
  const save = async (body: string) => {
    const done = await onSave(body);
    if (done !== null) sent(text);
    return done;
  };
  return <NoteField label={t('Write a note')} action={t('Save note')} body={text} onChange={write} onSave={save} />;
}

type EditedNoteProps = { text: string; onSave: NoteFieldProps['onSave']; onCancel: () => void };

/** A note that is there already, while it is changed. */
export function EditedNote({ text, ...acts }: EditedNoteProps) {
  const [body, setBody] = useState(text);
  return <NoteField label={t('Change the note')} action={t('Save')} body={body} onChange={setBody} {...acts} />;
}
