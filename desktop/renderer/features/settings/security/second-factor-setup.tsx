import { useState } from 'react';
import { confirmSecondFactor } from '../../../../../shared/people/security-operations.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useOperation } from '../../../lib/operations/use-operation.ts';
import { Button } from '../../../ui/button.tsx';
import { AuthenticatorSecret } from '../../../ui/controls/authenticator-secret.tsx';
import { Modal } from '../../../ui/modal.tsx';

type SetupProps = {
  begun: { secret: string; uri: string };
  onClose: () => void;
  onCodes: (codes: readonly string[]) => void;
};

/** Scan or type the secret, then prove that the app shows the right code. Nothing counts before that. */
export function SecondFactorSetup({ begun, onClose, onCodes }: SetupProps) {
  const run = useOperation();
  const { busy, once } = useOnce();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | undefined>();
  const confirm = async () => {
    const checked = confirmSecondFactor.input.safeParse({ code });
    if (!checked.success) return setError(t('Six digits, as your app shows them'));
    const reply = await run(confirmSecondFactor, { code });
    if ('error' in reply) return setError(saidInWords(reply.error.message));
    return onCodes(reply.data.recoveryCodes);
  };
  return (
    <Modal
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Scan this with your authenticator app')}
      description={t('Any app for one-time codes will do. Or type the secret into it by hand.')}
    >
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void once(confirm);
        }}
      >
        <AuthenticatorSecret
          begun={begun}
          code={code}
          error={error}
          onCode={(typed) => {
            setCode(typed);
            setError(undefined);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {t('Turn on')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
