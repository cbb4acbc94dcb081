import { useState } from 'react';
import { eraseContact } from '../../../../../shared/workspace/privacy-operations.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

type EraseContactProps = { id: string; name: string; onClose: () => void; onErased: () => void };

/** For somebody who asks to be forgotten: everything of theirs goes, the reason stays. */
export function EraseContact({ id, name, onClose, onErased }: EraseContactProps) {
  const run = useOperation();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | undefined>();
  const erase = async () => {
    const checked = eraseContact.input.safeParse({ id, reason });
    if (!checked.success) return setError(t('Say why, for the record'));
    const reply = await run(eraseContact, { id, reason });
    return 'error' in reply ? setError(saidInWords(reply.error.message)) : onErased();
  };
  return (
    <Modal
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Erase {{name}} for good?', { name })}
      description={t(
        'Their texts, notes, tasks and traces in the history go on every computer and on the server. That it was done, when and by whom is kept with your reason. This cannot be undone.',
      )}
    >
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <TextField
          label={t('Reason, for the record')}
          autoFocus
          maxLength={500}
          value={reason}
          error={error}
          onChange={(event) => {
            setReason(event.target.value);
            setError(undefined);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="danger" type="submit">
            {t('Erase for good')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
