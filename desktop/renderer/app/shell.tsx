import { Outlet } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { useBridge } from '../lib/bridge-context.tsx';
import { keysBelongTo } from '../lib/actions/key-choices.ts';
import { useIdentity } from '../lib/use-identity.ts';
import { useRail } from '../lib/preferences.ts';
import { CommandPalette } from './command-palette.tsx';
import { ExpiredNotice } from './session/expired-notice.tsx';
import { RemoveAccountDialog } from '../features/accounts/remove-account-dialog.tsx';
import { useAccountKeys } from '../features/accounts/use-account-keys.ts';
import { Tour } from '../features/help/tour.tsx';
import { QuickTaskDialog } from '../features/tasks/quick-task-dialog.tsx';
import { StandstillNotice } from '../features/connection/standstill-notice.tsx';
import { useHostActions } from '../features/connection/use-host-actions.ts';
import { UpdateNotice } from '../features/connection/update-notice.tsx';
import { useGlobalActions } from './global-actions.ts';
import { ReplicaNotice } from './replica-notice.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { SignOutDialog } from './session/sign-out-dialog.tsx';
import { useHostOnScreen } from './use-host-on-screen.ts';
import { useSignOut } from './session/use-sign-out.ts';
import { t } from '../lib/i18n/t.ts';
import { TabBar } from './tab-bar.tsx';

export type ShellLayer = 'palette' | 'keys' | 'sign-out' | 'remove-account' | null;

/** Sidebar or tab bar, the page, and the layers that can lie over any page. */
export function Shell() {
  const rail = useRail();
  const [layer, openLayer] = useState<ShellLayer>(null);
  const { unsent, signOut } = useSignOut();
  const setLayer = (next: ShellLayer) => {
    if (next === 'sign-out' && unsent === 0) void signOut('keep');
    else openLayer(next);
  };
  const identity = useIdentity();
  if (identity) keysBelongTo(identity.userId);
  useGlobalActions(setLayer);
  useAccountKeys();
  useHostActions();
  useHostOnScreen();
  const closing = (name: ShellLayer) => (open: boolean) => setLayer(open ? name : null);
  return (
    <div className="app" data-rail={rail || undefined}>
      <Sidebar onLayer={setLayer} />
      <main className="main">
        <Reconnecting />
        <ExpiredNotice />
        <StandstillNotice />
        <UpdateNotice />
        <ReplicaNotice />
        <Tour />
        <Outlet />
      </main>
      <TabBar onLayer={setLayer} />
      <CommandPalette open={layer === 'palette'} onOpenChange={closing('palette')} />
      <ShortcutSheet open={layer === 'keys'} onOpenChange={closing('keys')} />
      <RemoveAccountDialog open={layer === 'remove-account'} onOpenChange={closing('remove-account')} />
      <QuickTaskDialog />
      <SignOutDialog open={layer === 'sign-out'} onOpenChange={closing('sign-out')} />
    </div>
  );
}

/** Only in a browser: the engine behind the page can go away and come back. */
function Reconnecting() {
  const { connection } = useBridge();
  const up = useSyncExternalStore(
    (listener) => connection?.subscribe(listener) ?? (() => {}),
    () => connection?.isUp() ?? true,
  );
  if (up) return null;
  return (
    <div className="reconnecting" role="status">
      {t('Switchboard’s engine is out of reach. What you see stays; what you change now is not kept until it is back.')}
    </div>
  );
}
