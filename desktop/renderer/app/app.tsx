import { RouterProvider } from '@tanstack/react-router';
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
import { createAppRouter } from './routes.tsx';

export function App({ bridge }: { bridge: HostBridge }) {
  return (
    <BridgeProvider bridge={bridge}>
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
    </BridgeProvider>
  );
}

/** Signed in: the app. Signed out: the way in. Nobody to ask: says so and offers to ask again. */
function SessionGate() {
  const { data: session, error, refetch } = useQuery('session.get', {});
  if (error) {
    return (
      <EmptyState
        title="Switchboard’s engine does not answer"
        actions={<Button onClick={() => void refetch()}>Try again</Button>}
      >
        Nothing is lost: what you changed is kept on this computer. Try again, or start Switchboard anew.
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
