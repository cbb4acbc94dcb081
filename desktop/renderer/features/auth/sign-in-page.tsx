import { useState } from 'react';
import type { SessionState } from '../../../../shared/bridge/bridge-contract.ts';
import { Mark } from '../../ui/mark.tsx';
import { JackField } from './jack-field.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function SignInPage({ left }: { left: Extract<SessionState, { status: 'signed-out' }>['left'] }) {
  const [signingUp, setSigningUp] = useState(false);
  return (
    <main className="signin">
      <div className="signin-side">
        <div className="m-auto w-full max-w-[328px]">
          <div className="mb-7 flex items-center gap-2.5">
            <Mark size={30} />
            <span className="wordmark !text-[21px]">Switchboard</span>
          </div>
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
