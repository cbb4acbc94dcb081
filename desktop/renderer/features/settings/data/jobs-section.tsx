import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../../../shared/protocol/operation.ts';
import { cancelJob, listJobs, retryJob } from '../../../../../shared/workspace/job-operations.ts';
import { formatFull, formatPassed } from '../../../lib/format/format-time.ts';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useOnlineQuery } from '../../../lib/operations/use-online-query.ts';
import { useOnce } from '../../../lib/operations/use-once.ts';
import { useRunOperation } from '../../../lib/operations/use-operation.ts';
import { useOfflineReason, useRoleReason } from '../../../lib/operations/use-reasons.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { LineNote, RoleNote, SettingPage } from '../setting-parts.tsx';

type Jobs = OutputOf<typeof listJobs>;
type Job = Jobs['data'][number];
type State = 'all' | 'waiting' | 'running' | 'failed' | 'done';

/** The slow work of the workspace: what waits, runs, failed. Only the server knows it. */
export function JobsSection() {
  const denied = useRoleReason(listJobs.role);
  return (
    <SettingPage title={t('Jobs')} lead={t('Sends, imports, exports and other slow work, newest first.')}>
      <RoleNote role={listJobs.role} />
      <LineNote />
      {denied === null && <JobList />}
    </SettingPage>
  );
}

function JobList() {
  const [state, setState] = useState<State>('all');
  const offline = useOfflineReason();
  const asked = { limit: 100, sortOrder: 'desc' as const, ...(state === 'all' ? {} : { state }) };
  const { data: jobs, error, refetch } = useOnlineQuery(listJobs, asked, offline === null);
  const load = () => void refetch();
  const now = useNow();
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={t('Which jobs')}
          value={state}
          onChoose={setState}
          segments={[
            { value: 'all', label: t('All', { context: 'jobs' }) },
            { value: 'waiting', label: t('Waiting', { context: 'job' }) },
            { value: 'running', label: t('Running', { context: 'job' }) },
            { value: 'failed', label: t('Failed', { context: 'job' }) },
            { value: 'done', label: t('Done', { context: 'job' }) },
          ]}
        />
        <Button size="sm" look="ghost" icon={RefreshCw} className="ms-auto" onClick={load}>
          {t('Look again')}
        </Button>
      </div>
      {offline === null && error === null && !jobs && <Skeleton rows={4} />}
      {error !== null && (
        <EmptyState title={t('The jobs could not be read')} actions={<Button onClick={load}>{t('Try again')}</Button>}>
          {saidInWords(error.message)}
        </EmptyState>
      )}
      {error === null && jobs?.data.length === 0 && (
        <p className="text-small text-ink-3">{t('Nothing here. Whatever was to be done is done.')}</p>
      )}
      {error === null && jobs && jobs.data.length > 0 && (
        <ul className="set-card set-list">
          {jobs.data.map((job) => (
            <JobRow key={job.id} job={job} now={now} onChanged={load} />
          ))}
        </ul>
      )}
    </>
  );
}

function JobRow({ job, now, onChanged }: { job: Job; now: number; onChanged: () => void }) {
  const run = useRunOperation();
  const { busy, once } = useOnce();
  const act = (operation: typeof retryJob | typeof cancelJob) =>
    void once(async () => {
      await run(operation, { id: job.id });
      onChanged();
    });
  const stateWords = {
    waiting: t('Waiting', { context: 'job' }),
    running: t('Running', { context: 'job' }),
    retrying: t('Tries again'),
    done: t('Done', { context: 'job' }),
    failed: t('Failed', { context: 'job' }),
    cancelled: t('Cancelled'),
  };
  const tone = job.state === 'failed' ? 'danger' : job.state === 'retrying' ? 'warning' : undefined;
  return (
    <li className="set-row">
      <div className="what">
        <div className="med flex items-center gap-2">
          <code className="trunc">{job.name}</code>
          <span className="badge" data-tone={tone}>
            {stateWords[job.state]}
          </span>
        </div>
        <p title={formatFull(job.createdAt)}>
          {[
            t('requested {{when}}', { when: formatPassed(job.createdAt, now) }),
            job.attempts > 1 && t('tried {{count}} times', { count: job.attempts }),
            job.message && saidInWords(job.message),
            job.traceId && t('trace {{id}}', { id: job.traceId }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className="acts">
        {job.state === 'failed' && (
          <Button size="sm" disabled={busy} onClick={() => act(retryJob)}>
            {t('Try again')}
          </Button>
        )}
        {(job.state === 'waiting' || job.state === 'retrying') && (
          <Button size="sm" look="ghost" disabled={busy} onClick={() => act(cancelJob)}>
            {t('Cancel')}
          </Button>
        )}
      </div>
    </li>
  );
}
