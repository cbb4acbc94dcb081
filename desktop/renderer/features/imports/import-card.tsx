import { ListX, Pause, PhoneOff, Play, TriangleAlert, Undo2, UserPlus, Users, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { IMPORT_PART_ROWS } from '../../../../shared/imports/import-operations.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { useRunCommand } from '../../lib/use-command.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { Trans } from '../../lib/i18n/trans.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { SkippedRows } from './skipped-rows.tsx';

type Job = ResultOf<'imports.list'>[number];

/** How one import stands, and what can be done about it. */
export function ImportCard({ job }: { job: Job }) {
  const now = useNow();
  const { data: members = [] } = useQuery('members.list', {});
  const starter = members.find((member) => member.id === job.startedById)?.name;
  const share = (count: number) => `${job.total === 0 ? 0 : (count / job.total) * 100}%`;
  return (
    <article className="panel grid gap-2 p-3" aria-label={job.fileName}>
      <div className="flex items-baseline gap-3">
        <h2 className="med trunc">{job.fileName}</h2>
        <span className="num ms-auto whitespace-nowrap">
          {t('{{place}} of {{total}}', { place: job.processed, total: job.total })}
        </span>
      </div>
      <div
        className="prog"
        role="progressbar"
        aria-label={t('Rows of {{file}}', { file: job.fileName })}
        aria-valuemin={0}
        aria-valuemax={job.total}
        aria-valuenow={job.processed}
      >
        <i style={{ width: share(job.processed - job.skipped) }} />
        <i className="skip" style={{ width: share(job.skipped) }} />
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 text-small text-ink-3">
        <ImportState job={job} />
        <span className="ms-auto">
          {starter
            ? t('{{name}}, {{when}}', { name: starter, when: formatMoment(job.createdAt, now) })
            : formatMoment(job.createdAt, now)}
        </span>
      </div>
      {job.processed > 0 && (
        <ul className="grid gap-1 sm:grid-cols-3">
          {job.kind === 'do_not_call' ? (
            <>
              <Outcome icon={PhoneOff} text="<b>{{count}}</b> new numbers on the list" count={job.created} />
              <Outcome icon={Users} text="<b>{{count}}</b> contacts are not called any more" count={job.updated} />
            </>
          ) : (
            <>
              <Outcome icon={UserPlus} text="<b>{{count}}</b> new contacts" count={job.created} />
              <Outcome icon={Users} text="<b>{{count}}</b> joined with one you have" count={job.updated} />
            </>
          )}
          <Outcome icon={TriangleAlert} text="<b>{{count}}</b> skipped" count={job.skipped} />
        </ul>
      )}
      <ImportActs job={job} />
    </article>
  );
}

function ImportState({ job }: { job: Job }) {
  const { data: sync } = useQuery('sync.get', {});
  if (job.waitingParts > 0) {
    const count = job.waitingParts;
    const nothingSent = job.waitingParts >= Math.ceil(job.total / IMPORT_PART_ROWS);
    const offline = sync?.status === 'offline';
    return (
      <span className="badge" data-tone="pending">
        {!offline
          ? t('{{count}} parts still to send', { count })
          : nothingSent
            ? t('Waits for the line: nothing is sent yet')
            : t('Waits for the line: {{count}} parts to send', { count })}
      </span>
    );
  }
  if (job.message)
    return <span className={job.status === 'failed' ? 'text-danger-text' : ''}>{saidInWords(job.message)}</span>;
  const words: Record<Job['status'], string> = {
    receiving: t('The server is taking the rows'),
    running: t('Under way. You can keep working'),
    paused: t('Paused. What is imported stays'),
    done: t('Done'),
    failed: t('Stopped by an error. What is imported stays'),
  };
  return <span>{words[job.status]}</span>;
}

function Outcome({ icon: Icon, text, count }: { icon: LucideIcon; text: string; count: number }) {
  return (
    <li className="flex items-center gap-1.5 text-small text-ink-2">
      <Icon size={13} aria-hidden="true" className="text-ink-3" />
      <Trans text={text} parts={{ b: <b className="num" /> }} values={{ count }} />
    </li>
  );
}

function ImportActs({ job }: { job: Job }) {
  const run = useRunCommand();
  const mayImport = useMay('AGENT');
  const [undoing, setUndoing] = useState(false);
  const [asking, setAsking] = useState(false);
  if (!mayImport) return null;
  const input = { id: job.id };
  const over = job.status === 'done' || job.status === 'failed';
  return (
    <div className="flex flex-wrap gap-2">
      {job.status === 'running' && (
        <Button size="sm" icon={Pause} onClick={() => void run({ name: 'imports.pause', input })}>
          {t('Pause')}
        </Button>
      )}
      {job.status === 'paused' && (
        <Button size="sm" icon={Play} onClick={() => void run({ name: 'imports.run', input })}>
          {t('Go on')}
        </Button>
      )}
      {job.skipped > 0 && (
        <Button size="sm" look="ghost" icon={ListX} onClick={() => setAsking(true)}>
          {t('Which rows were skipped?')}
        </Button>
      )}
      {asking && <SkippedRows importId={job.id} fileName={job.fileName} onClose={() => setAsking(false)} />}
      {(job.created > 0 || !over) && (
        <Button size="sm" look="ghost" icon={Undo2} onClick={() => setUndoing(true)}>
          {over ? t('Undo the import') : t('Stop and undo')}
        </Button>
      )}
      <Confirm
        open={undoing}
        onOpenChange={setUndoing}
        title={t('Undo the import of {{file}}?', { file: job.fileName })}
        description={
          job.kind === 'do_not_call'
            ? t('The numbers that it brought are taken off the do-not-call list.')
            : t(
                'Of the {{count}} contacts it made, those nobody has touched since are deleted. Contacts it filled keep what they got.',
                { count: job.created },
              )
        }
        confirmLabel={over ? t('Undo the import') : t('Stop and undo')}
        onConfirm={() => void run({ name: 'imports.undo', input })}
      />
    </div>
  );
}
