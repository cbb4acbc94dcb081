import { RouterProvider } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import { useState } from 'react';
import { SignInPage } from '../features/auth/sign-in-page.tsx';
import { ContactListProvider } from '../features/contacts/list/contact-list-state.tsx';
import { ActionsProvider } from '../lib/actions/actions.tsx';
import { UndoProvider } from '../lib/actions/undo.tsx';
import { AnnounceProvider } from '../lib/announce.tsx';
import { BridgeProvider } from '../lib/bridge-context.tsx';
import type { HostBridge } from '../lib/bridge.ts';
import { useQuery } from '../lib/use-query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TipProvider } from '../ui/tip.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { directionOf } from '../lib/i18n/language.ts';
import { useLanguage } from '../lib/i18n/use-language.ts';
import { t } from '../lib/i18n/t.ts';
import { createAppRouter } from './routes.tsx';

export function App({ bridge }: { bridge: HostBridge }) {
  const language = useLanguage();
  return (
    <BridgeProvider bridge={bridge}>
      <Direction.Provider dir={directionOf(language)}>
        <TipProvider>
          <AnnounceProvider>
            <ActionsProvider>
              <UndoProvider>
                <SessionGate />
              </UndoProvider>
            </ActionsProvider>
            <Toaster />
          </AnnounceProvider>
        </TipProvider>
      </Direction.Provider>
    </BridgeProvider>
  );
}

/** Signed in: the app. Signed out: the way in. Nobody to ask: says so and offers to ask again. */
function SessionGate() {
  const { data: session, error, refetch } = useQuery('session.get', {});
  if (error) {
    return (
      <EmptyState
        title={t('Switchboard’s engine does not answer')}
        actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
      >
        {t('Nothing is lost: what you changed is kept on this computer. Try again, or start Switchboard anew.')}
      </EmptyState>
    );
  }
  if (!session) return null;
  if (session.status === 'signed-out') return <SignInPage {...session} />;
  return <SignedIn key={session.identity.userId} />;
}

function SignedIn() {
  const [router] = useState(createAppRouter);
  return (
    <ContactListProvider>
      <RouterProvider router={router} />
    </ContactListProvider>
  );
}
