import { useState } from 'react';
import { z } from 'zod';
import { newPassword as newPasswordRule } from '../../../../shared/auth/auth-requests.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { tokenIn } from './auth-intent.ts';
import { PasswordField } from './password-field.tsx';
import { useAuthForm } from './use-auth-form.ts';

type Values = { link: string; newPassword: string };

type ResetProps = { onBack: () => void; onAskAgain: () => void };

/** A new password by the link of the mail, pasted here. Every device of the person is signed out by it. */
export function ResetPasswordForm({ onBack, onAskAgain }: ResetProps) {
  const bridge = useBridge();
  const [values, setValues] = useState<Values>({ link: '', newPassword: '' });
  const [done, setDone] = useState(false);
  const schema = z.object({
    link: z.string().refine((link) => tokenIn(link, 'reset') !== null, t('Paste the whole link of the mail')),
    newPassword: newPasswordRule,
  });
  const { errors, busy, send } = useAuthForm<Values>(
    schema,
    ({ link, newPassword }) =>
      bridge.call('session.resetPassword', { token: tokenIn(link, 'reset') ?? '', newPassword }),
    { onDone: () => setDone(true) },
  );
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('New password')}
      onSubmit={(event) => {
        event.preventDefault();
        void send(values);
      }}
    >
      <h1 className="display-name">{t('Choose a new password')}</h1>
      {done ? (
        <p role="status" className="text-ink-2">
          {t('The password is changed, and every device of yours was signed out. Sign in with the new one.')}
        </p>
      ) : (
        <>
          <TextField
            size="lg"
            label={t('Link of the mail')}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={values.link}
            error={errors['link']}
            onChange={(event) => setValues({ ...values, link: event.target.value })}
          />
          <PasswordField
            autoComplete="new-password"
            value={values.newPassword}
            error={errors['newPassword']}
            onChange={(newPassword) => setValues({ ...values, newPassword })}
          />
          {errors['form'] && <FieldError message={errors['form']} />}
          <Button look="primary" size="lg" type="submit" shortcut="enter" disabled={busy}>
            {t('Change the password')}
          </Button>
        </>
      )}
      {done ? (
        <Button look="primary" size="lg" autoFocus shortcut="enter" onClick={onBack}>
          {t('Sign in')}
        </Button>
      ) : (
        <p className="flex flex-wrap justify-between gap-2 text-small">
          <button type="button" className="link" onClick={onBack}>
            {t('Back to signing in')}
          </button>
          <button type="button" className="link" onClick={onAskAgain}>
            {t('Ask for another link')}
          </button>
        </p>
      )}
    </form>
  );
}
