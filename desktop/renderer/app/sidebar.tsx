import { Link } from '@tanstack/react-router';
import { FileUp, GitMerge, Inbox, PanelLeft, Search, Users, type LucideIcon } from 'lucide-react';
import { formatCount, plural } from '../lib/format/format-count.ts';
import { setPreferences, useRail } from '../lib/preferences.ts';
import { useQuery } from '../lib/use-query.ts';
import { IconButton } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { Mark } from '../ui/mark.tsx';
import { Tip } from '../ui/tip.tsx';
import type { ShellLayer } from './shell.tsx';
import { SyncLine } from './sync-line.tsx';
import { UserMenu } from './user-menu.tsx';

type Layers = { onLayer: (layer: ShellLayer) => void };

/** How many people wait for an answer: the lamp. */
export const useWaitingCount = (): number =>
  useQuery('conversations.list', { filter: 'waiting', limit: 1 }).data?.waiting ?? 0;

export function Sidebar({ onLayer }: Layers) {
  const rail = useRail();
  const waiting = useWaitingCount();
  const { data: imports = [] } = useQuery('imports.list', {});
  const met = useQuery('merges.list', { settled: false, limit: 1 }).data?.open ?? 0;
  const running = imports.filter(({ status }) => status === 'running' || status === 'receiving').length;
  return (
    <nav className="side" aria-label="Main">
      <div className="brand">
        {!rail && <Mark />}
        <span className="wordmark wide-only">Switchboard</span>
        <IconButton
          className={rail ? '' : 'ml-auto'}
          icon={PanelLeft}
          label={rail ? 'Open the sidebar' : 'Collapse the sidebar'}
          shortcut="["
          onClick={() => setPreferences({ rail: !rail })}
        />
      </div>
      <Tip label="Search or jump" shortcut="mod+k">
        <button
          type="button"
          className="nav-item mb-1.5"
          aria-label={rail ? 'Search or jump' : undefined}
          onClick={() => onLayer('palette')}
        >
          <Search size={16} aria-hidden="true" />
          <span className="wide-only">Search or jump</span>
          <span className="n wide-only">
            <Keys shortcut="mod+k" />
          </span>
        </button>
      </Tip>
      <NavLink to="/inbox" icon={Inbox} label="Inbox" rail={rail}>
        {waiting > 0 && (
          <span className="n lit" title={`${plural(waiting, 'person is', 'people are')} waiting on you`}>
            <span className="lampdot" aria-hidden="true" />
            <span className="wide-only">{formatCount(waiting)}</span>
            <span className="sr-only"> waiting</span>
          </span>
        )}
      </NavLink>
      <NavLink to="/contacts" icon={Users} label="Contacts" rail={rail} />
      {imports.length > 0 && (
        <NavLink to="/imports" icon={FileUp} label="Imports" rail={rail}>
          {running > 0 && <span className="n wide-only">{running} running</span>}
        </NavLink>
      )}
      {met > 0 && (
        <NavLink to="/merges" icon={GitMerge} label="Changes that met" rail={rail}>
          <span className="n wide-only">{formatCount(met)}</span>
        </NavLink>
      )}
      <div className="side-foot">
        <SyncLine />
        <UserMenu onLayer={onLayer} />
      </div>
    </nav>
  );
}

type NavLinkProps = {
  to: '/inbox' | '/contacts' | '/imports' | '/merges';
  icon: LucideIcon;
  label: string;
  rail: boolean;
  children?: React.ReactNode;
};

function NavLink({ to, icon: Icon, label, rail, children }: NavLinkProps) {
  const link = (
    <Link to={to} className="nav-item" activeProps={{ 'aria-current': 'page' }} aria-label={rail ? label : undefined}>
      <Icon size={16} aria-hidden="true" />
      <span className="wide-only">{label}</span>
      {children}
    </Link>
  );
  return rail ? <Tip label={label}>{link}</Tip> : link;
}
