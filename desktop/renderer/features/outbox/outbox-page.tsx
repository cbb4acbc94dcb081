import { Link } from '@tanstack/react-router';
import { Activity, Pencil, RefreshCw, RotateCcw, Trash2 } from 'lucide-react';
import { useActions } from '../../lib/actions/actions.tsx';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { formatCount, plural } from '../../lib/format/format-count.ts';
import { formatSince } from '../../lib/format/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SyncGlyph } from '../../ui/sync-glyph.tsx';
import { showError } from '../../ui/toaster.tsx';
import { groupRefused } from './refusal-words.ts';
import { RefusedGroup } from './refused-group.tsx';
import { WaitingChange } from './waiting-change.tsx';

const SHOWN = 200;
const KEYS = [
  { act: 'retry', label: 'Retry this change', icon: RotateCcw, shortcut: 'r' },
  { act: 'edit', label: 'Edit this change', icon: Pencil, shortcut: 'e' },
  { act: 'discard', label: 'Discard or undo this change', icon: Trash2, shortcut: 'd' },
];

/** Every change that is not saved yet, in the order it was made; the refused ones first, because they need a person. */
export function OutboxPage() {
  const { data: entries } = useQuery('outbox.list', {});
  const now = useNow();
  const groups = groupRefused(entries ?? []);
  const waiting = (entries ?? []).filter((entry) => entry.state !== 'refused');
  const shown = [...groups.flatMap(({ cause, held }) => [cause, ...held]), ...waiting.slice(0, SHOWN)];
  const current = useCardKeys(
    'Outbox',
    shown.map(({ writeId, title }) => ({ id: writeId, title })),
    KEYS,
  );
  if (!entries) return null;
  return (
    <>
      <header className="top">
        <h1>Outbox</h1>
        <span className="text-small text-ink-3">{entries.length > 0 && plural(entries.length, 'change')}</span>
        <div className="ml-auto flex gap-1">
          <Link to="/sync" className="btn ghost sm">
            <Activity size={14} aria-hidden="true" />
            Sync and data
          </Link>
          <TryNow />
        </div>
      </header>
      <OfflineNotice waiting={waiting.length} />
      <div className="pane flex-1">
        {entries.length === 0 ? (
          <EmptyState title="All changes are saved">
            Changes you make without a line wait here, in order, until they are sent.
          </EmptyState>
        ) : (
          <div className="page-column grid gap-6">
            {groups.length > 0 && (
              <section aria-label="Refused" className="grid gap-3">
                <h2 className="h-sect !mb-0">Refused, needs you</h2>
                {groups.map((group) => (
                  <RefusedGroup key={group.cause.writeId} group={group} current={current} />
                ))}
              </section>
            )}
            {waiting.length > 0 && (
              <section aria-label="Waiting">
                <h2 className="h-sect">Waiting, in this order</h2>
                <ol className="panel">
                  {waiting.slice(0, SHOWN).map((entry) => (
                    <WaitingChange key={entry.writeId} entry={entry} now={now} isCurrent={current === entry.writeId} />
                  ))}
                </ol>
                {waiting.length > SHOWN && (
                  <p className="mt-2 text-small text-ink-3">
                    and {formatCount(waiting.length - SHOWN)} more after these
                  </p>
                )}
              </section>
            )}
          </div>
        )}
      </div>
    </>
  );
}

function TryNow() {
  const bridge = useBridge();
  const tryNow = async () => {
    const reply = await bridge.call('sync.tryNow', {});
    if ('error' in reply) showError(reply.error);
  };
  useActions([
    {
      id: 'outbox.try',
      label: 'Try now',
      icon: RefreshCw,
      section: 'Outbox',
      shortcuts: ['shift+r'],
      run: () => void tryNow(),
    },
  ]);
  return (
    <Button size="sm" icon={RefreshCw} shortcut="shift+r" onClick={() => void tryNow()}>
      Try now
    </Button>
  );
}

function OfflineNotice({ waiting }: { waiting: number }) {
  const { data: sync } = useQuery('sync.get', {});
  const now = useNow();
  if (sync?.status === 'stuck') {
    return (
      <Notice
        tone="warning"
        icon={<SyncGlyph state="waiting" />}
        title="Changes have been waiting for more than 10 minutes"
      >
        The server answers but has not taken them. They are kept here; try now, or keep working and look again later.
      </Notice>
    );
  }
  if (sync?.status !== 'offline') return null;
  // After a restart without a line the engine knows only since when it has tried: the line was gone before.
  const lostAt = sync.dataAt ?? sync.offlineSince;
  const since = lostAt === null ? '' : ` since ${formatSince(lostAt, now)}`;
  const sent = waiting === 0 ? '' : `, and ${plural(waiting, 'change')} will be sent when you are back`;
  return (
    <Notice tone="offline" icon={<SyncGlyph state="offline" />} title={`Offline${since}`}>
      Keep working. Everything here is on this computer{sent}.
    </Notice>
  );
}
