import { Link, useNavigate } from '@tanstack/react-router';
import { Activity, FileUp, GitMerge, Inbox, Keyboard, LogOut, Menu as MenuIcon, Search, Users } from 'lucide-react';
import { formatCount } from '../lib/format/format-count.ts';
import { useQuery } from '../lib/use-query.ts';
import { Menu, MenuItem, MenuRule } from '../ui/menu.tsx';
import { SyncGlyph } from '../ui/sync-glyph.tsx';
import type { ShellLayer } from './shell.tsx';
import { useWaitingCount } from './sidebar.tsx';
import { useSyncWords } from './sync-line.tsx';
import { ThemeChoices } from './user-menu.tsx';

/** The sidebar of a narrow window. */
export function TabBar({ onLayer }: { onLayer: (layer: ShellLayer) => void }) {
  const waiting = useWaitingCount();
  const { data: sync } = useQuery('sync.get', {});
  const line = useSyncWords();
  const outboxText = sync && sync.pending > 0 ? `${formatCount(sync.pending)} waiting` : 'Outbox';
  const navigate = useNavigate();
  const active = { 'aria-current': 'page' as const };
  return (
    <nav className="tabbar" aria-label="Main, narrow">
      <Link to="/inbox" activeProps={active}>
        <Inbox size={20} aria-hidden="true" />
        Inbox
        {waiting > 0 && <span className="lampdot" role="img" aria-label={`${waiting} waiting`} />}
      </Link>
      <Link to="/contacts" activeProps={active}>
        <Users size={20} aria-hidden="true" />
        Contacts
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
            More
          </button>
        }
      >
        <MenuItem icon={Search} label="Search or jump" onSelect={() => onLayer('palette')} />
        <MenuItem icon={FileUp} label="Imports" onSelect={() => void navigate({ to: '/imports' })} />
        <MenuItem icon={GitMerge} label="Changes that met" onSelect={() => void navigate({ to: '/merges' })} />
        <MenuItem icon={Activity} label="Sync and data" onSelect={() => void navigate({ to: '/sync' })} />
        <MenuItem icon={Keyboard} label="Keys" onSelect={() => onLayer('keys')} />
        <MenuRule />
        <ThemeChoices />
        <MenuRule />
        <MenuItem icon={LogOut} label="Sign out" onSelect={() => onLayer('sign-out')} />
      </Menu>
    </nav>
  );
}
