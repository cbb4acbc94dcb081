import { Link } from '@tanstack/react-router';
import { Activity, Pencil, RefreshCw, RotateCcw, Trash2 } from 'lucide-react';
import { useActions } from '../../lib/actions/actions.tsx';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
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
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { WaitingChange } from './waiting-change.tsx';

const SHOWN = 200;
const cardKeys = () => [
  { act: 'retry', label: t('Retry this change'), icon: RotateCcw, shortcut: 'r' },
  { act: 'edit', label: t('Edit this change'), icon: Pencil, shortcut: 'e' },
  { act: 'discard', label: t('Discard or undo this change'), icon: Trash2, shortcut: 'd' },
];

/** Every change that is not saved yet, in the order it was made; the refused ones first, because they need a person. */
export function OutboxPage() {
  const { data: entries, error, refetch } = useQuery('outbox.list', {});
  const now = useNow();
  const groups = groupRefused(entries ?? []);
  const waiting = (entries ?? []).filter((entry) => entry.state !== 'refused');
  const shown = [...groups.flatMap(({ cause, held }) => [cause, ...held]), ...waiting.slice(0, SHOWN)];
  const current = useCardKeys(
    'outbox',
    t('Outbox'),
    shown.map(({ writeId, title }) => ({ id: writeId, title: saidInWords(title) })),
    cardKeys(),
  );
  return (
    <>
      <header className="top">
        <h1>{t('Outbox')}</h1>
        <span className="text-small text-ink-3">
          {entries && entries.length > 0 && t('{{count}} changes', { count: entries.length })}
        </span>
        <div className="ms-auto flex gap-1">
          <Link to="/sync" className="btn ghost sm">
            <Activity size={14} aria-hidden="true" />
            <span className="max-[640px]:sr-only">{t('Sync and data')}</span>
          </Link>
          <TryNow />
        </div>
      </header>
      <OfflineNotice waiting={waiting.length} />
      <div className="pane flex-1">
        {!entries ? (
          error && (
            <EmptyState
              title={t('The outbox could not be read')}
              actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
            >
              {saidInWords(error.message)} {t('Your changes are safe on this computer.')}
            </EmptyState>
          )
        ) : entries.length === 0 ? (
          <EmptyState title={t('All changes are saved')}>
            {t('Changes you make without a line wait here, in order, until they are sent.')}
          </EmptyState>
        ) : (
          <div className="page-column grid gap-6">
            {groups.length > 0 && (
              <section aria-label={t('Refused')} className="grid gap-3">
                <h2 className="h-sect !mb-0">{t('Refused, needs you')}</h2>
                {groups.map((group) => (
                  <RefusedGroup key={group.cause.writeId} group={group} current={current} />
                ))}
              </section>
            )}
            {waiting.length > 0 && (
              <section aria-label={t('Waiting')}>
                <h2 className="h-sect">{t('Waiting, in this order')}</h2>
                <ol className="panel">
                  {waiting.slice(0, SHOWN).map((entry) => (
                    <WaitingChange key={entry.writeId} entry={entry} now={now} isCurrent={current === entry.writeId} />
                  ))}
                </ol>
                {waiting.length > SHOWN && (
                  <p className="mt-2 text-small text-ink-3">
                    {t('and {{count}} more after these', { count: waiting.length - SHOWN })}
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
      label: t('Try now'),
      icon: RefreshCw,
      section: t('Outbox'),
      shortcuts: ['shift+r'],
      run: () => void tryNow(),
    },
  ]);
  return (
    <Button size="sm" icon={RefreshCw} shortcut="shift+r" onClick={() => void tryNow()}>
      {t('Try now')}
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
        title={t('Changes have been waiting for more than 10 minutes')}
      >
        {t(
          'The server answers but has not taken them. They are kept here; try now, or keep working and look again later.',
        )}
      </Notice>
    );
  }
  if (sync?.status !== 'offline') return null;
  // After a restart without a line the engine knows only since when it has tried: the line was gone before.
  const lostAt = sync.dataAt ?? sync.offlineSince;
  const title = lostAt === null ? t('Offline') : t('Offline since {{since}}', { since: formatSince(lostAt, now) });
  return (
    <Notice tone="offline" icon={<SyncGlyph state="offline" />} title={title}>
      {waiting === 0
        ? t('Keep working. Everything here is on this computer.')
        : t(
            'Keep working. Everything here is on this computer, and {{count}} changes will be sent when you are back.',
            {
              count: waiting,
            },
          )}
    </Notice>
  );
}
