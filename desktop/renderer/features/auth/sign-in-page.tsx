import { useState, type ReactNode } from 'react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { Mark } from '../../ui/mark.tsx';
import { JackField } from '../../ui/jack-field.tsx';
import type { AuthIntent } from './auth-intent.ts';
import { ForgotPasswordForm } from './forgot-password-form.tsx';
import { JoinForm } from './join-form.tsx';
import { ResetPasswordForm } from './reset-password-form.tsx';
import { WipedNotice } from './wiped-notice.tsx';
import { RemovedNotice } from './removed-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { t } from '../../lib/i18n/t.ts';
import { SignUpForm } from './sign-up-form.tsx';

type SignedOut = Extract<SessionState, { status: 'signed-out' }>;

type Step = 'sign-in' | 'sign-up' | 'join' | 'forgot' | 'reset';
type SignInPageProps = Pick<SignedOut, 'left' | 'removed' | 'wiped'> & {
  intent?: AuthIntent | null;
  /** Stands below every step. */
  children?: ReactNode;
};

/** Every way in. A link that was followed opens its own step, filled in. */
export function SignInPage({ left, removed, wiped, intent = null, children }: SignInPageProps) {
  const [step, setStep] = useState<Step>(intent?.kind ?? 'sign-in');
  const [email, setEmail] = useState(intent?.kind === 'sign-in' ? intent.email : '');
  const back = () => setStep('sign-in');
  const go = (next: Step) => (typed: string) => {
    setEmail(typed);
    setStep(next);
  };
  return (
    <main className="signin">
      <div className="signin-side">
        <div className="m-auto w-full max-w-[328px]">
          <div className="mb-7 flex items-center gap-2.5">
            <Mark size={30} />
            <span className="wordmark !text-[21px]">{t('Switchboard')}</span>
          </div>
          {removed && <RemovedNotice removed={removed} />}
          {wiped && <WipedNotice />}
          {step === 'sign-up' && <SignUpForm onSignIn={back} />}
          {step === 'join' && <JoinForm code={intent?.kind === 'join' ? intent.code : null} onBack={back} />}
          {step === 'reset' && <ResetPasswordForm onBack={back} onAskAgain={() => setStep('forgot')} />}
          {step === 'forgot' && <ForgotPasswordForm email={email} onBack={back} onLink={go('reset')} />}
          {step === 'sign-in' && (
            <SignInForm
              left={left}
              email={email}
              onSignUp={() => setStep('sign-up')}
              onJoin={() => setStep('join')}
              onForgot={go('forgot')}
            />
          )}
          {children}
        </div>
      </div>
      <aside className="signin-art" aria-hidden="true">
        <JackField />
      </aside>
    </main>
  );
}
