import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmEnrolmentRequest } from '../../../../shared/auth/auth-requests.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { unwrap } from '../../lib/bridge-error.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { AuthenticatorSecret } from '../../ui/controls/authenticator-secret.tsx';
import { FieldError } from '../../ui/field.tsx';
import { showRecoveryCodes } from './new-recovery-codes.tsx';
import { useAuthForm } from './use-auth-form.ts';

type EnrolFormProps = { challenge: string; onBack: () => void; again?: boolean };

/** The team asks for a second factor and this person has none: the way in leads through setting one up. */
export function EnrolForm({ challenge, onBack, again = false }: EnrolFormProps) {
  const bridge = useBridge();
  const [code, setCode] = useState('');
  const { data: begun, error: refused } = useQuery({
    queryKey: ['enrolment', challenge],
    queryFn: async () => unwrap(await bridge.call('session.beginEnrolment', { challenge })),
    // Asked again it would be another secret than the one that was scanned.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { errors, busy, send } = useAuthForm<{ challenge: string; code: string }>(
    confirmEnrolmentRequest,
    async (args) => {
      const reply = await bridge.call('session.confirmEnrolment', args);
      if ('data' in reply) showRecoveryCodes(reply.data.recoveryCodes);
      return reply;
    },
  );
  const said = refused ? saidInWords(refused.message) : errors['form'];
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Set up a second factor')}
      onSubmit={(event) => {
        event.preventDefault();
        void send({ challenge, code });
      }}
    >
      {!again && <h1 className="display-name">{t('Set up a second factor')}</h1>}
      <p className="text-small text-ink-2">
        {t('Your team asks everybody for one. Scan this with an app for one-time codes, then enter the code it shows.')}
      </p>
      {begun && (
        <AuthenticatorSecret
          begun={begun}
          code={code}
          error={errors['code'] && t('Six digits, as your app shows them')}
          onCode={setCode}
        />
      )}
      {said && <FieldError message={said} />}
      <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy || !begun}>
        {busy ? t('Signing in…') : t('Turn on and sign in')}
      </Button>
      <button type="button" className="link justify-self-start text-small" onClick={onBack}>
        {t('Start over')}
      </button>
    </form>
  );
}
