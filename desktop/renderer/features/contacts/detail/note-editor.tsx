import { useId, useState } from 'react';
import { t } from '../../../lib/i18n/t.ts';
import { Button } from '../../../ui/button.tsx';

type NoteEditorProps = {
  label: string;
  action: string;
  text?: string;
  /** Null keeps what was typed. */
  onSave: (body: string) => Promise<unknown>;
  onCancel?: () => void;
};

/** Enter makes a new line, ⌘↵ saves. What was typed stays until it is saved. */
export function NoteEditor({ label, action, text = '', onSave, onCancel }: NoteEditorProps) {
  const id = useId();
  const [body, setBody] = useState(text);
  const ready = body.trim() !== '';
  const save = async () => {
    if (ready && (await onSave(body.trim())) !== null) setBody('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
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
          maxLength={20_000}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
            else if (event.key === 'Escape' && onCancel) onCancel();
            else if (event.key === 'Escape') event.currentTarget.blur();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      {(ready || onCancel) && (
        <div className="mt-1.5 flex justify-end gap-1.5">
          {onCancel && (
            <Button size="sm" look="ghost" onClick={onCancel}>
              {t('Cancel')}
            </Button>
          )}
          <Button size="sm" type="submit" shortcut="mod+enter" disabled={!ready}>
            {action}
          </Button>
        </div>
      )}
    </form>
  );
}
