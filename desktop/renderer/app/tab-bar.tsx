import { Link, useNavigate } from '@tanstack/react-router';
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
  Menu as MenuIcon,
  Search,
  Settings,
  SquareKanban,
  Users,
} from 'lucide-react';
import { useQuery } from '../lib/use-query.ts';
import { Menu, MenuItem, MenuRule } from '../ui/menu.tsx';
import { SyncGlyph } from '../ui/sync-glyph.tsx';
import type { ShellLayer } from './shell.tsx';
import { useWaitingCount } from './sidebar.tsx';
import { useSyncWords } from './sync-line.tsx';
import { useQuickTask } from '../lib/quick-task.tsx';
import { t } from '../lib/i18n/t.ts';
import { LanguageChoices, ThemeChoices } from './user-menu.tsx';

/** The sidebar of a narrow window. */
export function TabBar({ onLayer }: { onLayer: (layer: ShellLayer) => void }) {
  const waiting = useWaitingCount();
  const { data: sync } = useQuery('sync.get', {});
  const line = useSyncWords();
  const outboxText = sync && sync.pending > 0 ? t('{{count}} waiting', { count: sync.pending }) : t('Outbox');
  const navigate = useNavigate();
  const { ask } = useQuickTask();
  const active = { 'aria-current': 'page' as const };
  return (
    <nav className="tabbar" aria-label={t('Main, narrow')}>
      <Link to="/inbox" activeProps={active}>
        <Inbox size={20} aria-hidden="true" />
        {t('Inbox')}
        {waiting > 0 && <span className="lampdot" role="img" aria-label={t('{{count}} waiting', { count: waiting })} />}
      </Link>
      <Link to="/contacts" activeProps={active}>
        <Users size={20} aria-hidden="true" />
        {t('Contacts')}
      </Link>
      <Link
        to="/outbox"
        activeProps={active}
        aria-label={[outboxText, line?.text, line?.detail].filter(Boolean).join('. ')}
      >
        <span className="grid h-5 place-items-center">
          <SyncGlyph state={line?.glyph ?? 'saved'} />
        </span>
        {outboxText}
      </Link>
      <Menu
        align="end"
        trigger={
          <button type="button">
            <MenuIcon size={20} aria-hidden="true" />
            {t('More')}
          </button>
        }
      >
        <MenuItem icon={Search} label={t('Search or jump')} onSelect={() => onLayer('palette')} />
        <MenuItem icon={ListPlus} label={t('New task')} onSelect={() => setTimeout(() => ask())} />
        <MenuItem icon={CalendarDays} label={t('My day')} onSelect={() => void navigate({ to: '/day' })} />
        <MenuItem icon={ChartColumn} label={t('Dashboard')} onSelect={() => void navigate({ to: '/dashboard' })} />
        <MenuItem icon={CopyCheck} label={t('Duplicates')} onSelect={() => void navigate({ to: '/duplicates' })} />
        <MenuItem icon={SquareKanban} label={t('Pipelines')} onSelect={() => void navigate({ to: '/pipelines' })} />
        <MenuItem icon={Filter} label={t('Segments')} onSelect={() => void navigate({ to: '/segments' })} />
        <MenuItem icon={ListTodo} label={t('Tasks')} onSelect={() => void navigate({ to: '/tasks' })} />
        <MenuItem icon={Bell} label={t('Notifications')} onSelect={() => void navigate({ to: '/notifications' })} />
        <MenuItem icon={History} label={t('Activity')} onSelect={() => void navigate({ to: '/activity' })} />
        <MenuItem icon={FileUp} label={t('Imports')} onSelect={() => void navigate({ to: '/imports' })} />
        <MenuItem icon={GitMerge} label={t('Changes that met')} onSelect={() => void navigate({ to: '/merges' })} />
        <MenuItem icon={Activity} label={t('Sync and data')} onSelect={() => void navigate({ to: '/sync' })} />
        <MenuItem icon={Settings} label={t('Settings')} onSelect={() => void navigate({ to: '/settings' })} />
        <MenuItem icon={BookOpen} label={t('Help')} onSelect={() => void navigate({ to: '/help' })} />
        <MenuItem icon={Keyboard} label={t('Keys')} onSelect={() => onLayer('keys')} />
        <MenuRule />
        <ThemeChoices />
        <MenuRule />
        <LanguageChoices />
        <MenuRule />
        <MenuItem icon={LogOut} label={t('Sign out')} onSelect={() => onLayer('sign-out')} />
      </Menu>
    </nav>
  );
}
