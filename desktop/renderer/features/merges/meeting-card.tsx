import { Check, RotateCcw } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { MeetingRow } from '../../../../shared/bridge/bridge-contract.ts';
import { FieldValue } from '../../lib/field-value.tsx';
import { fieldWord } from '../../lib/format/format-field.ts';
import { formatFull, formatSince } from '../../lib/format/format-time.ts';
import { useMay } from '../../lib/use-identity.ts';
import { Button } from '../../ui/button.tsx';
import { SyncRing } from '../../ui/sync-ring.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useMergeActs } from './use-merge-acts.ts';

type MeetingCardProps = { meeting: MeetingRow; now: number; isCurrent: boolean };

/** Two changes that met: both values, who wrote them and when, and which of them shows. */
export function MeetingCard({ meeting, now, isCurrent }: MeetingCardProps) {
  const { contactName, kind, entity, contactId, resolvedAt, resolvedBy, pending } = meeting;
  const fields = [...new Set([...Object.keys(meeting.mine), ...Object.keys(meeting.theirs)])];
  return (
    <article
      className="panel overflow-hidden"
      aria-label={t('{{name}}, changes that met', { name: contactName })}
      aria-current={isCurrent || undefined}
      data-card={meeting.id}
      tabIndex={-1}
    >
      <header className="flex flex-wrap items-center gap-2 border-b border-line-hairline px-3.5 py-2.5">
        <Link to="/contacts/$id" params={{ id: contactId }} data-act="open" className="med trunc hover:underline">
          {contactName}
        </Link>
        {entity === 'note' && <span className="text-small text-ink-3">{t('a note')}</span>}
        <SyncRing pending={pending} refused={false} />
        <span className="badge" data-tone={kind === 'overwritten' ? 'warning' : undefined}>
          {kind === 'overwritten' ? t('The later one shows') : t('Both stand')}
        </span>
        <time className="num ms-auto text-small text-ink-3" title={formatFull(meeting.createdAt)}>
          {t('met {{when}}', { when: formatSince(meeting.createdAt, now) })}
        </time>
      </header>
      <div className="grid gap-3 p-3.5">
        {fields.map((field) => (
          <MetField key={field} field={field} meeting={meeting} now={now} />
        ))}
        {resolvedAt === null ? (
          <MeetingActs meeting={meeting} isCurrent={isCurrent} />
        ) : (
          <footer className="flex flex-wrap items-center gap-2">
            <span className="text-small text-ink-3">
              {resolvedBy
                ? t('Settled {{when}} by {{name}}', { when: formatSince(resolvedAt, now), name: resolvedBy })
                : t('Settled {{when}}', { when: formatSince(resolvedAt, now) })}
            </span>
            <MeetingActs meeting={meeting} isCurrent={isCurrent} settled />
          </footer>
        )}
      </div>
    </article>
  );
}

type MetFieldProps = { field: string; meeting: MeetingRow; now: number };

/** The earlier value at the left, the one that arrived later at the right, as time runs. */
function MetField({ field, meeting, now }: MetFieldProps) {
  const { mine, theirs, mineBy, theirsBy, mineMadeAt, theirsAt, overwritten } = meeting;
  const replaced = overwritten.includes(field);
  return (
    <div className="grid gap-1">
      <div className="text-micro text-ink-3">{fieldWord(field)}</div>
      <div className="versus">
        {field in theirs ? (
          <Side
            field={field}
            value={theirs[field]}
            who={theirsBy ?? t('the server')}
            when={formatSince(theirsAt, now)}
            title={formatFull(theirsAt)}
            outcome={replaced ? 'replaced' : 'stands'}
          />
        ) : (
          <span className="text-small text-ink-3">{t('Nobody else had changed it.')}</span>
        )}
        {field in mine ? (
          <Side
            field={field}
            value={mine[field]}
            who={mineBy ?? t('somebody who is gone')}
            when={t('{{when}} by that computer’s clock', { when: formatSince(mineMadeAt, now) })}
            title={formatFull(mineMadeAt)}
            outcome={replaced ? 'shows' : 'stands'}
          />
        ) : (
          <span className="text-small text-ink-3">{t('Not changed by the later edit.')}</span>
        )}
      </div>
    </div>
  );
}

type Outcome = 'replaced' | 'stands' | 'shows';
type SideProps = { field: string; value: unknown; who: string; when: string; title: string; outcome: Outcome };

const outcomeWords = (): Record<Outcome, string> => ({
  replaced: t('replaced'),
  stands: t('stands'),
  shows: t('shows'),
});

const Side = ({ field, value, who, when, title, outcome }: SideProps) => (
  <div>
    <div className={outcome === 'replaced' ? 'text-ink-3 line-through' : undefined}>
      <FieldValue field={field} value={value} />
    </div>
    <div className="text-micro text-ink-3" title={title}>
      {t('{{who}}, {{when}}, {{outcome}}', { who, when, outcome: outcomeWords()[outcome] })}
    </div>
  </div>
);

function MeetingActs({
  meeting,
  isCurrent,
  settled = false,
}: Pick<MeetingCardProps, 'meeting' | 'isCurrent'> & { settled?: boolean }) {
  const { busy, restore, dismiss } = useMergeActs(meeting);
  const mayWrite = useMay('AGENT');
  if (!mayWrite) return null;
  const key = (shortcut: string) => (isCurrent ? shortcut : undefined);
  return (
    <div className="flex flex-wrap gap-2">
      {meeting.overwritten.length > 0 && (
        <Button size="sm" icon={RotateCcw} data-act="restore" shortcut={key('r')} disabled={busy} onClick={restore}>
          {meeting.overwritten.length === 1 ? t('Restore the earlier value') : t('Restore the earlier values')}
        </Button>
      )}
      {!settled && (
        <Button
          size="sm"
          look="ghost"
          icon={Check}
          data-act="dismiss"
          shortcut={key('d')}
          disabled={busy}
          onClick={dismiss}
        >
          {t('Leave it as it is')}
        </Button>
      )}
    </div>
  );
}
