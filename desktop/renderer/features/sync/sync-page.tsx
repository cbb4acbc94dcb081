import { Activity, ClipboardCheck, ClipboardCopy, RefreshCw, Send } from 'lucide-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useActions } from '../../lib/actions/actions.tsx';
import { useBridge } from '../../lib/bridge-context.tsx';
import { useCopy } from '../../lib/use-copy.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { showError } from '../../ui/toaster.tsx';
import { AboutSync } from './about-sync.tsx';
import { LineNow } from './line-now.tsx';
import { OutboxFacts } from './outbox-facts.tsx';
import { RebuildReplica } from './rebuild-replica.tsx';
import { StorageChoices } from './storage-choices.tsx';
import { StreamTable } from './stream-table.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { syncReport } from './sync-report.ts';

const LOOK_AGAIN_MS = 5_000;

/** How sync stands, what this computer keeps, and what can be done when something is wrong. */
export function SyncPage() {
  const { data: found, error, refetch } = useQuery('sync.inspect', {}, { everyMs: LOOK_AGAIN_MS });
  const { data: sync } = useQuery('sync.get', {});
  const { copied, copy } = useCopy();
  const now = useNow();
  const acts = useSyncActs(() => found && sync && void copy(syncReport(found, sync, Date.now())));
  if (!found || !sync)
    return (
      <>
        <header className="top">
          <h1>{t('Sync and data')}</h1>
        </header>
        {error && (
          <EmptyState
            title={t('The data on this computer could not be looked at')}
            actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
          >
            {saidInWords(error.message)}
          </EmptyState>
        )}
      </>
    );
  return (
    <>
      <header className="top">
        <h1>{t('Sync and data')}</h1>
        <div className="ms-auto flex gap-1">
          <Button
            size="sm"
            look="ghost"
            icon={copied ? ClipboardCheck : ClipboardCopy}
            shortcut="c"
            onClick={acts.copyReport}
          >
            <span className="max-[640px]:sr-only">{copied ? t('Copied') : t('Copy report')}</span>
          </Button>
          <Button size="sm" icon={RefreshCw} shortcut="shift+r" onClick={acts.syncNow}>
            {t('Sync now')}
          </Button>
        </div>
      </header>
      <div className="pane flex-1">
        <div className="page-column !max-w-[900px] grid gap-6">
          <LineNow sync={sync} now={now} />
          <section aria-label={t('Changes on this computer')}>
            <h2 className="h-sect">
              {t('Changes on this computer')}
              <Link to="/outbox" className="ms-auto hover:underline">
                {t('Open the outbox')}
              </Link>
            </h2>
            <OutboxFacts outbox={found.outbox} refusals={found.refusals} now={now} />
          </section>
          <section aria-label={t('Streams')}>
            <h2 className="h-sect">{t('Streams, one per table')}</h2>
            <StreamTable streams={found.streams} />
          </section>
          <section aria-label={t('Data on this computer')}>
            <h2 className="h-sect">{t('Data on this computer')}</h2>
            <StorageChoices storage={found.storage} />
          </section>
          <section aria-label={t('About this computer')}>
            <h2 className="h-sect">{t('About this computer')}</h2>
            <AboutSync found={found} />
          </section>
          <RebuildReplica sync={sync} />
        </div>
      </div>
    </>
  );
}

function useSyncActs(copyReport: () => void) {
  const bridge = useBridge();
  const navigate = useNavigate();
  const syncNow = async () => {
    const reply = await bridge.call('sync.tryNow', {});
    if ('error' in reply) showError(reply.error);
  };
  useActions([
    {
      id: 'sync.again',
      label: t('Sync now'),
      icon: RefreshCw,
      section: t('Sync'),
      shortcuts: ['shift+r'],
      run: () => void syncNow(),
    },
    {
      id: 'sync.report',
      label: t('Copy the sync report'),
      icon: ClipboardCopy,
      section: t('Sync'),
      shortcuts: ['c'],
      run: copyReport,
    },
    {
      id: 'sync.outbox',
      label: t('Open the outbox'),
      icon: Send,
      section: t('Sync'),
      shortcuts: ['o'],
      run: () => void navigate({ to: '/outbox' }),
    },
    {
      id: 'sync.rebuild',
      label: t('Rebuild the data on this computer'),
      icon: Activity,
      section: t('Sync'),
      run: () => document.getElementById('rebuild')?.click(),
    },
  ]);
  return { syncNow: () => void syncNow(), copyReport };
}
