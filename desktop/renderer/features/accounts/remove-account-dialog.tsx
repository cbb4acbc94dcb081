import { useState } from 'react';
import { useBridge } from '../../lib/bridge-context.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { accountLabel, useAccounts } from './use-accounts.ts';

type RemoveAccountDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Takes an account off this computer. What nobody else has yet is named first, and needs a second yes. */
export function RemoveAccountDialog({ open, onOpenChange }: RemoveAccountDialogProps) {
  const bridge = useBridge();
  const { accounts } = useAccounts();
  const [unsent, setUnsent] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const account = accounts.find(({ current }) => current);
  if (!account) return null;
  const close = (next: boolean) => {
    setUnsent(0);
    setError(null);
    onOpenChange(next);
  };
  const remove = async () => {
    setBusy(true);
    const reply = await bridge.call('accounts.remove', {
      id: account.id,
      unsent: unsent > 0 ? 'discard' : 'keep',
    });
    setBusy(false);
    if ('data' in reply) return close(false);
    const left = reply.error.details?.['unsent'];
    if (typeof left === 'number') setUnsent(left);
    else setError(saidInWords(reply.error.message));
  };
  return (
    <Modal
      title={t('Remove {{account}}?', { account: accountLabel(account) })}
      description={t(
        'Its data leaves this computer. What the server has stays there, and you can add the account again.',
      )}
      open={open}
      onOpenChange={close}
    >
      {unsent > 0 && (
        <FieldError
          message={t('{{count}} changes of this account are only on this computer and would be gone.', {
            count: unsent,
          })}
        />
      )}
      {error && <FieldError message={error} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={() => close(false)}>
          {t('Cancel')}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void remove()}>
          {unsent > 0 ? t('Discard and remove') : t('Remove')}
        </Button>
      </div>
    </Modal>
  );
}
