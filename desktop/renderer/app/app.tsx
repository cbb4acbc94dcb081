import { RouterProvider } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { DeepLink } from '../../../shared/bridge/host-contract.ts';
import type { AuthIntent } from '../features/auth/auth-intent.ts';
import { NewRecoveryCodes } from '../features/auth/new-recovery-codes.tsx';
import { useAccounts } from '../features/accounts/use-accounts.ts';
import { ConnectionPage } from '../features/connection/connection-page.tsx';
import { UpdateButton } from '../features/connection/update-button.tsx';
import { UpdateNotice } from '../features/connection/update-notice.tsx';
import { ContactListProvider } from '../features/contacts/list/contact-list-state.tsx';
import { ActionsProvider } from '../lib/actions/actions.tsx';
import { UndoProvider } from '../lib/actions/undo.tsx';
import { AnnounceProvider } from '../lib/announce.tsx';
import { BridgeProvider } from '../lib/bridge-context.tsx';
import type { HostBridge } from '../lib/bridge.ts';
import { useQuery } from '../lib/use-query.ts';
import { QuickTaskProvider } from '../lib/quick-task.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TipProvider } from '../ui/tip.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { directionOf } from '../lib/i18n/language.ts';
import { saidInWords } from '../lib/i18n/said-in-words.ts';
import { useLanguage } from '../lib/i18n/use-language.ts';
import { t } from '../lib/i18n/t.ts';
import { createAppRouter } from './routes.tsx';
import { WayIn } from './session/way-in.tsx';

export function App({ bridge }: { bridge: HostBridge }) {
  const { turn, address, intent } = useHostTurns(bridge);
  const language = useLanguage();
  // Tray and dialogs speak as the page does.
  useEffect(() => void bridge.call('host.setLanguage', { language }), [bridge, language]);
  return (
    <BridgeProvider key={turn} bridge={bridge}>
      <Direction.Provider dir={directionOf(language)}>
        <TipProvider>
          <AnnounceProvider>
            <ActionsProvider>
              <UndoProvider>
                <ConnectionGate address={address} intent={intent} />
              </UndoProvider>
            </ActionsProvider>
            <Toaster />
            <NewRecoveryCodes />
          </AnnounceProvider>
        </TipProvider>
      </Direction.Provider>
    </BridgeProvider>
  );
}

/**
 * Counts the switches between accounts: nothing of the one before stays on screen or in memory.
 * A link that was followed opens its step of the way in.
 */
function useHostTurns(bridge: HostBridge): { turn: number; address: string; intent: AuthIntent | null } {
  const [turn, setTurn] = useState(0);
  const [intent, setIntent] = useState<AuthIntent | null>(null);
  const [address, setAddress] = useState('');
  useEffect(
    () =>
      bridge.subscribe('host', (event) => {
        if (event.kind === 'switched') {
          location.hash = '';
          setTurn((before) => before + 1);
        } else if (event.kind === 'deep-link') {
          const { link } = event;
          if (link.kind === 'contact') location.hash = `#/contacts/${link.id}`;
          else {
            setIntent(intentOf(link));
            if (link.server !== null) setAddress(link.server);
            void makeRoom(bridge, link);
          }
        }
      }),
    [bridge],
  );
  // a link is used once
  useEffect(() => bridge.subscribe('session', ({ status }) => status === 'signed-in' && setIntent(null)), [bridge]);
  return { turn, address, intent };
}

type WayIn = Exclude<DeepLink, { kind: 'contact' }>;

const intentOf = (link: WayIn): AuthIntent | null => {
  if (link.kind === 'join') return { kind: 'join', code: link.code };
  return link.email === null ? null : { kind: 'sign-in', email: link.email };
};

/**
 * A link to another server begins a new account, with its address to be confirmed. An invitation to this one does too while somebody
 * is signed in: they stay signed in where they are.
 */
async function makeRoom(bridge: HostBridge, link: WayIn): Promise<void> {
  const connection = await bridge.call('connection.get', {});
  if ('error' in connection || connection.data.serverUrl === null) return;
  const here = connection.data.serverUrl;
  if (link.server !== null && new URL(here).host !== new URL(link.server).host) {
    await bridge.call('accounts.add', { serverUrl: null });
    return;
  }
  if (link.kind !== 'join') return;
  const session = await bridge.call('session.get', {});
  if ('data' in session && session.data.status === 'signed-in') await bridge.call('accounts.add', { serverUrl: here });
}

/** An account without a server needs one before anything else. */
function ConnectionGate({ address, intent }: { address: string; intent: AuthIntent | null }) {
  const { data: connection, error } = useQuery('connection.get', {});
  const { accounts, switchTo } = useAccounts();
  const other = accounts.find(({ current, serverUrl }) => !current && serverUrl !== null);
  if (connection?.serverUrl === null)
    return <ConnectionPage key={address} address={address} onCancel={other && (() => void switchTo(other.id))} />;
  return connection || error ? <SessionGate intent={intent} /> : null;
}

/** Signed in: the app. Signed out: the way in. Nobody to ask: says so and offers to ask again. */
function SessionGate({ intent }: { intent: AuthIntent | null }) {
  const { data: session, error, refetch } = useQuery('session.get', {});
  if (error) {
    return (
      <>
        <UpdateNotice />
        <EmptyState
          title={t('Switchboard’s engine does not answer')}
          actions={
            <>
              <Button onClick={() => void refetch()}>{t('Try again')}</Button>
              <UpdateButton />
            </>
          }
        >
          {saidInWords(error.message)}{' '}
          {t('Nothing is lost: what you changed is kept on this computer. Try again, or start Switchboard anew.')}
        </EmptyState>
      </>
    );
  }
  if (!session) return null;
  if (session.status === 'signed-out') return <WayIn session={session} intent={intent} />;
  return <SignedIn key={session.identity.userId} />;
}

function SignedIn() {
  const [router] = useState(createAppRouter);
  return (
    <ContactListProvider>
      <QuickTaskProvider>
        <RouterProvider router={router} />
      </QuickTaskProvider>
    </ContactListProvider>
  );
}
