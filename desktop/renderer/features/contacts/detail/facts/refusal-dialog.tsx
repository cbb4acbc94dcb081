import { useState } from 'react';
import type { CONSENT_PURPOSES } from '../../../../../../shared/contacts/consent-operations.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useCommand } from '../../../../lib/use-command.ts';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { WritingModal } from '../../../../ui/controls/writing-modal.tsx';

type RefusalDialogProps = {
  contactId: string;
  /** Null: they opt out of everything. */
  purpose: (typeof CONSENT_PURPOSES)[number] | null;
  onClose: () => void;
};

/** Records that they do not agree any longer, or want to hear nothing at all. */
export function RefusalDialog({ contactId, purpose, onClose }: RefusalDialogProps) {
  const send = useCommand();
  const { busy, once } = useOnce();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    const why = reason.trim() || null;
    const reply = await send(
      purpose === null
        ? { name: 'contacts.optOut', input: { id: contactId, method: 'manual', reason: why } }
        : { name: 'consents.withdraw', input: { contactId, purpose, method: 'manual', reason: why } },
    );
    return 'error' in reply ? setProblem(saidInWords(reply.error.message)) : onClose();
  };
  return (
    <WritingModal
      open
      unsaved={reason !== ''}
      onClose={onClose}
      title={purpose === null ? t('They opt out') : t('They no longer agree')}
      description={
        purpose === null
          ? t('Nothing is sent to them from then on, by hand neither, until they agree again.')
          : purpose === 'marketing'
            ? t('No marketing is sent to them from then on. What they agreed to before stays in their past.')
            : t('No automated calls or texts go to them from then on. What they agreed to before stays in their past.')
      }
    >
      <form
        className="grid gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void once(submit);
        }}
      >
        <TextField
          label={t('Reason, if they gave one')}
          autoFocus
          maxLength={500}
          value={reason}
          error={problem ?? undefined}
          onChange={({ target }) => setReason(target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="danger" type="submit" disabled={busy}>
            {purpose === null ? t('Opt out') : t('Withdraw')}
          </Button>
        </div>
      </form>
    </WritingModal>
  );
}
