import { useState } from 'react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { Mark } from '../../ui/mark.tsx';
import { JackField } from '../../ui/jack-field.tsx';
import { RemovedNotice } from './removed-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { t } from '../../lib/i18n/t.ts';
import { SignUpForm } from './sign-up-form.tsx';

type SignedOut = Extract<SessionState, { status: 'signed-out' }>;

export function SignInPage({ left, removed }: Pick<SignedOut, 'left' | 'removed'>) {
  const [signingUp, setSigningUp] = useState(false);
  return (
    <main className="signin">
      <div className="signin-side">
        <div className="m-auto w-full max-w-[328px]">
          <div className="mb-7 flex items-center gap-2.5">
            <Mark size={30} />
            <span className="wordmark !text-[21px]">{t('Switchboard')}</span>
          </div>
          {removed && <RemovedNotice removed={removed} />}
          {signingUp ? (
            <SignUpForm onSignIn={() => setSigningUp(false)} />
          ) : (
            <SignInForm left={left} onSignUp={() => setSigningUp(true)} />
          )}
        </div>
      </div>
      <aside className="signin-art" aria-hidden="true">
        <JackField />
      </aside>
    </main>
  );
}
