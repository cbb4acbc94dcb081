import { useNavigate } from '@tanstack/react-router';
import {
  Activity,
  FileUp,
  GitMerge,
  Inbox,
  Keyboard,
  LogOut,
  Moon,
  PanelLeft,
  RefreshCw,
  Search,
  Send,
  Users,
} from 'lucide-react';
import { useActions } from '../lib/actions/actions.tsx';
import { useBridge } from '../lib/bridge-context.tsx';
import { setPreferences, usePreferences } from '../lib/preferences.ts';
import { showError } from '../ui/toaster.tsx';
import type { ShellLayer } from './shell.tsx';

const isDark = () =>
  document.documentElement.dataset.theme === 'dark' ||
  (!document.documentElement.dataset.theme && window.matchMedia('(prefers-color-scheme: dark)').matches);

/** What can be done on every screen. */
export function useGlobalActions(openLayer: (layer: ShellLayer) => void): void {
  const navigate = useNavigate();
  const bridge = useBridge();
  const { rail } = usePreferences();
  const go = (to: '/inbox' | '/contacts' | '/imports' | '/outbox' | '/sync' | '/merges') => () => void navigate({ to });
  const tryNow = async () => {
    const reply = await bridge.call('sync.tryNow', {});
    if ('error' in reply) showError(reply.error);
  };
  useActions([
    {
      id: 'palette',
      label: 'Search or jump',
      icon: Search,
      section: 'Everywhere',
      shortcuts: ['mod+k'],
      keyOnly: true,
      run: () => openLayer('palette'),
    },
    { id: 'go.inbox', label: 'Inbox', icon: Inbox, section: 'Go to', shortcuts: ['g i'], run: go('/inbox') },
    { id: 'go.contacts', label: 'Contacts', icon: Users, section: 'Go to', shortcuts: ['g c'], run: go('/contacts') },
    { id: 'go.imports', label: 'Imports', icon: FileUp, section: 'Go to', run: go('/imports') },
    { id: 'go.outbox', label: 'Outbox', icon: Send, section: 'Go to', shortcuts: ['mod+shift+o'], run: go('/outbox') },
    {
      id: 'go.merges',
      label: 'Changes that met',
      icon: GitMerge,
      section: 'Go to',
      shortcuts: ['g m'],
      run: go('/merges'),
    },
    { id: 'go.sync', label: 'Sync and data', icon: Activity, section: 'Go to', shortcuts: ['g s'], run: go('/sync') },
    { id: 'sync.now', label: 'Try to sync now', icon: RefreshCw, section: 'Everywhere', run: () => void tryNow() },
    {
      id: 'theme',
      label: 'Switch between light and dark',
      icon: Moon,
      section: 'Everywhere',
      run: () => setPreferences({ theme: isDark() ? 'light' : 'dark' }),
    },
    {
      id: 'rail',
      label: 'Collapse or open the sidebar',
      icon: PanelLeft,
      section: 'Everywhere',
      shortcuts: ['['],
      run: () => setPreferences({ rail: !rail }),
    },
    {
      id: 'keys',
      label: 'Keys of this screen',
      icon: Keyboard,
      section: 'Everywhere',
      shortcuts: ['?'],
      run: () => openLayer('keys'),
    },
    { id: 'sign-out', label: 'Sign out', icon: LogOut, section: 'Everywhere', run: () => openLayer('sign-out') },
  ]);
}
