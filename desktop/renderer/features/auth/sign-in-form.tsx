import { useState } from 'react';
import { signInRequest } from '../../../../shared/auth/auth-requests.ts';
import type { ArgsOf, SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError, TextField } from '../../ui/field.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { LeftBehind } from './left-behind.tsx';
import { PasswordField } from './password-field.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useAuthForm } from './use-auth-form.ts';

const schema = signInRequest.pick({ email: true, password: true });

/** Why the password alone did not let in, by what the server says of it: the code of the app, or an app first. */
const NEXT_STEPS = ['second_factor', 'second_factor_needed'] as const;
type NextStep = (typeof NEXT_STEPS)[number];

type SignInFormProps = {
  left: Extract<SessionState, { status: 'signed-out' }>['left'];
  /** Signing in again after the server ended the session: the address is known. */
  email?: string;
  onSignUp?: () => void;
  onJoin?: () => void;
  onForgot?: (email: string) => void;
  /** In a dialog that has a title of its own. */
  again?: boolean;
};

export function SignInForm({
  left,
  email: knownEmail = '',
  onSignUp,
  onJoin,
  onForgot,
  again = false,
}: SignInFormProps) {
  const bridge = useBridge();
  const [known] = useState(knownEmail || (left[0]?.email ?? ''));
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [next, setNext] = useState<{ step: NextStep; challenge: string } | null>(null);
  const { errors, busy, send } = useAuthForm<ArgsOf<'session.signIn'>>(
    schema,
    (args) => bridge.call('session.signIn', args),
    {
      instead: ({ details }) => {
        const step = NEXT_STEPS.find((each) => each === details?.['reason']);
        if (step) setNext({ step, challenge: String(details?.['challenge']) });
        return step !== undefined;
      },
    },
  );
  if (next !== null) {
    const startOver = () => {
      setPassword('');
      setNext(null);
    };
    const Step = next.step === 'second_factor' ? SecondFactorForm : EnrolForm;
    return <Step challenge={next.challenge} again={again} onBack={startOver} />;
  }
  return (
    <form
      noValidate
      className="grid gap-3"
      aria-label={t('Sign in')}
      onSubmit={(event) => {
        event.preventDefault();
        void send({ email, password });
      }}
    >
      {!again && <h1 className="display-name">{t('Sign in')}</h1>}
      <TextField
        size="lg"
        label={t('Work email')}
        type="email"
        autoComplete="username"
        autoFocus={known === ''}
        value={email}
        error={errors['email']}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        value={password}
        onChange={setPassword}
        error={errors['password']}
        autoComplete="current-password"
        autoFocus={known !== ''}
      />
      {errors['form'] && <FieldError message={errors['form']} />}
      <Button look="primary" size="lg" type="submit" shortcut="enter" className="mt-1" disabled={busy}>
        {busy ? t('Signing in…') : t('Sign in')}
      </Button>
      {onForgot && (
        <button type="button" className="link justify-self-start text-small" onClick={() => onForgot(email)}>
          {t('Forgot the password?')}
        </button>
      )}
      <LeftBehind left={left} />
      {onSignUp && (
        <p className="text-small text-ink-3">
          {t('New here?')}{' '}
          <button type="button" className="link" onClick={onSignUp}>
            {t('Start with your team')}
          </button>
          {onJoin && (
            <>
              {' · '}
              <button type="button" className="link" onClick={onJoin}>
                {t('I was invited')}
              </button>
            </>
          )}
        </p>
      )}
    </form>
  );
}
