import { Pause, Play, TriangleAlert, Undo2, UserPlus, Users, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { IMPORT_PART_ROWS } from '../../../../shared/imports/import-operations.ts';
import { formatCount, plural } from '../../lib/format/format-count.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { useRunCommand } from '../../lib/use-command.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';

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
        <span className="num ml-auto whitespace-nowrap">
          {formatCount(job.processed)} of {formatCount(job.total)}
        </span>
      </div>
      <div
        className="prog"
        role="progressbar"
        aria-label={`Rows of ${job.fileName}`}
        aria-valuemin={0}
        aria-valuemax={job.total}
        aria-valuenow={job.processed}
      >
        <i style={{ width: share(job.processed - job.skipped) }} />
        <i className="skip" style={{ width: share(job.skipped) }} />
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 text-small text-ink-3">
        <ImportState job={job} />
        <span className="ml-auto">
          {starter && `${starter}, `}
          {formatMoment(job.createdAt, now)}
        </span>
      </div>
      {job.processed > 0 && (
        <ul className="grid gap-1 sm:grid-cols-3">
          <Outcome icon={UserPlus} text="new contacts" count={job.created} />
          <Outcome icon={Users} text="joined with one you have" count={job.updated} />
          <Outcome icon={TriangleAlert} text="skipped" count={job.skipped} />
        </ul>
      )}
      <ImportActs job={job} />
    </article>
  );
}

function ImportState({ job }: { job: Job }) {
  const { data: sync } = useQuery('sync.get', {});
  if (job.waitingParts > 0) {
    const parts = plural(job.waitingParts, 'part');
    const nothingSent = job.waitingParts >= Math.ceil(job.total / IMPORT_PART_ROWS);
    const offline = sync?.status === 'offline';
    const rest = nothingSent ? 'nothing is sent yet' : `${parts} to send`;
    return (
      <span className="badge" data-tone="pending">
        {offline ? `Waits for the line: ${rest}` : `${parts} still to send`}
      </span>
    );
  }
  if (job.message) return <span className={job.status === 'failed' ? 'text-danger-text' : ''}>{job.message}</span>;
  const words: Record<Job['status'], string> = {
    receiving: 'The server is taking the rows',
    running: 'Under way. You can keep working',
    paused: 'Paused. What is imported stays',
    done: 'Done',
    failed: 'Stopped by an error. What is imported stays',
  };
  return <span>{words[job.status]}</span>;
}

function Outcome({ icon: Icon, text, count }: { icon: LucideIcon; text: string; count: number }) {
  return (
    <li className="flex items-center gap-1.5 text-small text-ink-2">
      <Icon size={13} aria-hidden="true" className="text-ink-3" />
      <b className="num">{formatCount(count)}</b> {text}
    </li>
  );
}

function ImportActs({ job }: { job: Job }) {
  const run = useRunCommand();
  const mayImport = useMay('AGENT');
  const [undoing, setUndoing] = useState(false);
  if (!mayImport) return null;
  const input = { id: job.id };
  const over = job.status === 'done' || job.status === 'failed';
  return (
    <div className="flex flex-wrap gap-2">
      {job.status === 'running' && (
        <Button size="sm" icon={Pause} onClick={() => void run({ name: 'imports.pause', input })}>
          Pause
        </Button>
      )}
      {job.status === 'paused' && (
        <Button size="sm" icon={Play} onClick={() => void run({ name: 'imports.run', input })}>
          Go on
        </Button>
      )}
      {(job.created > 0 || !over) && (
        <Button size="sm" look="ghost" icon={Undo2} onClick={() => setUndoing(true)}>
          {over ? 'Undo the import' : 'Stop and undo'}
        </Button>
      )}
      <Confirm
        open={undoing}
        onOpenChange={setUndoing}
        title={`Undo the import of ${job.fileName}?`}
        description={`Of the ${plural(job.created, 'contact')} it made, those nobody has touched since are deleted. Contacts it filled keep what they got.`}
        confirmLabel={over ? 'Undo the import' : 'Stop and undo'}
        onConfirm={() => void run({ name: 'imports.undo', input })}
      />
    </div>
  );
}
