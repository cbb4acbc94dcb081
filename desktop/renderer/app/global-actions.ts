import { useNavigate } from '@tanstack/react-router';
import {
  Activity,
  Bell,
  BookOpen,
  CalendarDays,
  ChartColumn,
  CopyCheck,
  FileUp,
  Filter,
  GitMerge,
  History,
  Inbox,
  Keyboard,
  ListPlus,
  ListTodo,
  LogOut,
  Moon,
  PanelLeft,
  RefreshCw,
  Search,
  Send,
  Settings,
  SquareKanban,
  Users,
} from 'lucide-react';
import { useActions } from '../lib/actions/actions.tsx';
import { useBridge } from '../lib/bridge-context.tsx';
import { setPreferences, usePreferences } from '../lib/preferences.ts';
import { useQuickTask } from '../lib/quick-task.tsx';
import { useMay } from '../lib/use-identity.ts';
import { showError } from '../ui/toaster.tsx';
import { t } from '../lib/i18n/t.ts';
import type { ShellLayer } from './shell.tsx';

const isDark = () =>
  document.documentElement.dataset.theme === 'dark' ||
  (!document.documentElement.dataset.theme && window.matchMedia('(prefers-color-scheme: dark)').matches);

type Place =
  | '/inbox'
  | '/day'
  | '/dashboard'
  | '/contacts'
  | '/pipelines'
  | '/segments'
  | '/tasks'
  | '/notifications'
  | '/activity'
  | '/imports'
  | '/outbox'
  | '/sync'
  | '/merges'
  | '/duplicates'
  | '/settings'
  | '/help';

/** What can be done on every screen. */
export function useGlobalActions(openLayer: (layer: ShellLayer) => void): void {
  const navigate = useNavigate();
  const bridge = useBridge();
  const { rail } = usePreferences();
  const { ask } = useQuickTask();
  const mayWrite = useMay('AGENT');
  const go = (to: Place) => () => void navigate({ to });
  const tryNow = async () => {
    const reply = await bridge.call('sync.tryNow', {});
    if ('error' in reply) showError(reply.error);
  };
  useActions([
    {
      id: 'palette',
      label: t('Search or jump'),
      icon: Search,
      section: t('Everywhere'),
      shortcuts: ['mod+k'],
      keyOnly: true,
      run: () => openLayer('palette'),
    },
    { id: 'go.inbox', label: t('Inbox'), icon: Inbox, section: t('Go to'), shortcuts: ['g i'], run: go('/inbox') },
    {
      id: 'go.dashboard',
      label: t('Dashboard'),
      icon: ChartColumn,
      section: t('Go to'),
      shortcuts: ['g a'],
      run: go('/dashboard'),
    },
    {
      id: 'go.contacts',
      label: t('Contacts'),
      icon: Users,
      section: t('Go to'),
      shortcuts: ['g c'],
      run: go('/contacts'),
    },
    {
      id: 'go.pipelines',
      label: t('Pipelines'),
      icon: SquareKanban,
      section: t('Go to'),
      shortcuts: ['g p'],
      run: go('/pipelines'),
    },
    {
      id: 'go.segments',
      label: t('Segments'),
      icon: Filter,
      section: t('Go to'),
      shortcuts: ['g e'],
      run: go('/segments'),
    },
    { id: 'go.day', label: t('My day'), icon: CalendarDays, section: t('Go to'), shortcuts: ['g d'], run: go('/day') },
    { id: 'go.tasks', label: t('Tasks'), icon: ListTodo, section: t('Go to'), shortcuts: ['g t'], run: go('/tasks') },
    {
      id: 'go.activity',
      label: t('Activity'),
      icon: History,
      section: t('Go to'),
      shortcuts: ['g h'],
      run: go('/activity'),
    },
    {
      id: 'notifications.open',
      label: t('Notifications'),
      icon: Bell,
      section: t('Go to'),
      shortcuts: ['g n'],
      run: go('/notifications'),
    },
    {
      id: 'task.new',
      label: t('New task'),
      icon: ListPlus,
      section: t('Everywhere'),
      shortcuts: ['alt+t'],
      when: () => mayWrite,
      run: () => ask(),
    },
    { id: 'go.duplicates', label: t('Duplicates'), icon: CopyCheck, section: t('Go to'), run: go('/duplicates') },
    { id: 'go.imports', label: t('Imports'), icon: FileUp, section: t('Go to'), run: go('/imports') },
    {
      id: 'go.outbox',
      label: t('Outbox'),
      icon: Send,
      section: t('Go to'),
      shortcuts: ['mod+shift+o'],
      run: go('/outbox'),
    },
    {
      id: 'go.merges',
      label: t('Changes that met'),
      icon: GitMerge,
      section: t('Go to'),
      shortcuts: ['g m'],
      run: go('/merges'),
    },
    {
      id: 'go.sync',
      label: t('Sync and data'),
      icon: Activity,
      section: t('Go to'),
      shortcuts: ['g s'],
      run: go('/sync'),
    },
    {
      id: 'go.settings',
      label: t('Settings'),
      icon: Settings,
      section: t('Go to'),
      shortcuts: ['g ,'],
      run: go('/settings'),
    },
    {
      id: 'help.open',
      label: t('Help'),
      icon: BookOpen,
      section: t('Go to'),
      shortcuts: ['g ?'],
      run: go('/help'),
    },
    {
      id: 'help.new',
      label: t('What’s new'),
      icon: BookOpen,
      section: t('Go to'),
      run: () => void navigate({ to: '/help/$article', params: { article: 'whats-new' } }),
    },
    {
      id: 'sync.now',
      label: t('Try to sync now'),
      icon: RefreshCw,
      section: t('Everywhere'),
      run: () => void tryNow(),
    },
    {
      id: 'theme',
      label: t('Switch between light and dark'),
      icon: Moon,
      section: t('Everywhere'),
      run: () => setPreferences({ theme: isDark() ? 'light' : 'dark' }),
    },
    {
      id: 'rail',
      label: t('Collapse or open the sidebar'),
      icon: PanelLeft,
      section: t('Everywhere'),
      shortcuts: ['['],
      run: () => setPreferences({ rail: !rail }),
    },
    {
      id: 'keys',
      label: t('Keys of this screen'),
      icon: Keyboard,
      section: t('Everywhere'),
      shortcuts: ['?'],
      run: () => openLayer('keys'),
    },
    { id: 'sign-out', label: t('Sign out'), icon: LogOut, section: t('Everywhere'), run: () => openLayer('sign-out') },
  ]);
}
