import { Link } from '@tanstack/react-router';
import {
  Bell,
  CalendarDays,
  ChartColumn,
  CopyCheck,
  FileUp,
  Filter,
  GitMerge,
  History,
  Inbox,
  ListTodo,
  PanelLeft,
  Search,
  Settings,
  SquareKanban,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { formatCount } from '../lib/format/format-count.ts';
import { setPreferences, useRail } from '../lib/preferences.ts';
import { useQuery } from '../lib/use-query.ts';
import { IconButton } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { Mark } from '../ui/mark.tsx';
import { Tip } from '../ui/tip.tsx';
import { SavedViews } from './lists/saved-views.tsx';
import type { ShellLayer } from './shell.tsx';
import { SyncLine } from './sync-line.tsx';
import { t } from '../lib/i18n/t.ts';
import { UserMenu } from './user-menu.tsx';

/** The first search for duplicates is in no hurry. */
const SEARCH_ON_MS = 1_000;

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
    <nav className="side" aria-label={t('Main')}>
      <div className="brand">
        {!rail && <Mark />}
        <span className="wordmark wide-only">Switchboard</span>
        <IconButton
          className={rail ? '' : 'ms-auto'}
          icon={PanelLeft}
          label={rail ? t('Open the sidebar') : t('Collapse the sidebar')}
          shortcut="["
          onClick={() => setPreferences({ rail: !rail })}
        />
      </div>
      <Tip label={t('Search or jump')} shortcut="mod+k">
        <button
          type="button"
          className="nav-item mb-1.5"
          aria-label={rail ? t('Search or jump') : undefined}
          onClick={() => onLayer('palette')}
        >
          <Search size={16} aria-hidden="true" />
          <span className="wide-only">{t('Search or jump')}</span>
          <span className="n wide-only">
            <Keys shortcut="mod+k" />
          </span>
        </button>
      </Tip>
      <NavLink to="/inbox" icon={Inbox} label={t('Inbox')} rail={rail}>
        {waiting > 0 && (
          <span className="n lit" title={t('{{count}} people are waiting on you', { count: waiting })}>
            <span className="lampdot" aria-hidden="true" />
            <span className="wide-only">{formatCount(waiting)}</span>
            <span className="sr-only"> {t('waiting')}</span>
          </span>
        )}
      </NavLink>
      <NavLink to="/day" icon={CalendarDays} label={t('My day')} rail={rail} />
      <NavLink to="/dashboard" icon={ChartColumn} label={t('Dashboard')} rail={rail} />
      <NavLink to="/contacts" icon={Users} label={t('Contacts')} rail={rail} />
      {!rail && <SavedViews />}
      <DuplicatesLink rail={rail} />
      <NavLink to="/pipelines" icon={SquareKanban} label={t('Pipelines')} rail={rail} />
      <NavLink to="/segments" icon={Filter} label={t('Segments')} rail={rail} />
      <NavLink to="/tasks" icon={ListTodo} label={t('Tasks')} rail={rail} />
      <NavLink to="/activity" icon={History} label={t('Activity')} rail={rail} />
      <BellLink rail={rail} />
      {imports.length > 0 && (
        <NavLink to="/imports" icon={FileUp} label={t('Imports')} rail={rail}>
          {running > 0 && <span className="n wide-only">{t('{{count}} running', { count: running })}</span>}
        </NavLink>
      )}
      {met > 0 && (
        <NavLink to="/merges" icon={GitMerge} label={t('Changes that met')} rail={rail}>
          <span className="n wide-only">{formatCount(met)}</span>
        </NavLink>
      )}
      <div className="side-foot">
        <NavLink to="/settings" icon={Settings} label={t('Settings')} rail={rail} />
        <SyncLine />
        <UserMenu onLayer={onLayer} />
      </div>
    </nav>
  );
}

/** How much is unread; the lamp when people are among it. */
function BellLink({ rail }: { rail: boolean }) {
  const { data } = useQuery('notifications.unread', {});
  const count = data?.count ?? 0;
  const people = (data?.contactIds.length ?? 0) > 0;
  return (
    <NavLink to="/notifications" icon={Bell} label={t('Notifications')} rail={rail}>
      {count > 0 && (
        <span className={`n ${people ? 'lit' : ''}`} title={t('{{count}} unread', { count })}>
          {people && <span className="lampdot" aria-hidden="true" />}
          <span className="wide-only">{formatCount(count)}</span>
          <span className="sr-only"> {t('unread')}</span>
        </span>
      )}
    </NavLink>
  );
}

/** How many pairs the last search found that nobody has decided about. */
function DuplicatesLink({ rail }: { rail: boolean }) {
  const { data } = useQuery(
    'duplicates.count',
    {},
    { keep: true, againMs: (answer) => (answer && answer.share < 1 ? SEARCH_ON_MS : false) },
  );
  const pairs = data?.pairs ?? 0;
  return (
    <NavLink to="/duplicates" icon={CopyCheck} label={t('Duplicates')} rail={rail}>
      {pairs > 0 && (
        <span className="n wide-only" title={t('{{count}} pairs may be one person', { count: pairs })}>
          {formatCount(pairs)}
        </span>
      )}
    </NavLink>
  );
}

type NavLinkProps = {
  to:
    | '/inbox'
    | '/day'
    | '/dashboard'
    | '/contacts'
    | '/duplicates'
    | '/pipelines'
    | '/segments'
    | '/tasks'
    | '/notifications'
    | '/activity'
    | '/imports'
    | '/merges'
    | '/settings';
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
