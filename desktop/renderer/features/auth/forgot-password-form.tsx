import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { forgotPasswordRequest } from '../../../../shared/auth/auth-requests.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { useAuthForm } from './use-auth-form.ts';

type ForgotProps = { email: string; onBack: () => void; onLink: (email: string) => void };

/** Asks for a mail. Says the same whether or not there is such an account: nobody finds out here who has one. */
export function ForgotPasswordForm({ email: given, onBack, onLink }: ForgotProps) {
  const bridge = useBridge();
  const [email, setEmail] = useState(given);
  const [sent, setSent] = useState(false);
  const { errors, busy, send } = useAuthForm<{ email: string }>(
    forgotPasswordRequest,
    (args) => bridge.call('session.forgotPassword', args),
    { onDone: () => setSent(true) },
  );
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Forgot the password')}
      onSubmit={(event) => {
        event.preventDefault();
        void send({ email });
      }}
    >
      <h1 className="display-name">{t('Forgot the password?')}</h1>
      {sent ? (
        <p role="status" className="flex gap-2 text-ink-2">
          <MailCheck size={16} aria-hidden="true" className="mt-0.5 flex-none text-success-text" />
          {t('If {{email}} has an account here, a mail with a link is on its way. The link works once, for an hour.', {
            email,
          })}
        </p>
      ) : (
        <>
          <p className="text-small text-ink-2">{t('You get a mail with a link to choose a new one.')}</p>
          <TextField
            size="lg"
            label={t('Work email')}
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            error={errors['email']}
            onChange={(event) => setEmail(event.target.value)}
          />
          {errors['form'] && <FieldError message={errors['form']} />}
          <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy}>
            {t('Send the mail')}
          </Button>
        </>
      )}
      {sent && (
        <Button look="primary" size="lg" autoFocus onClick={() => onLink(email)}>
          {t('I have the link')}
        </Button>
      )}
      <p className="flex flex-wrap justify-between gap-2 text-small">
        <button type="button" className="link" onClick={onBack}>
          {t('Back to signing in')}
        </button>
        {!sent && (
          <button type="button" className="link" onClick={() => onLink(email)}>
            {t('I have the link')}
          </button>
        )}
      </p>
    </form>
  );
}
