import { ArrowRight, Undo2 } from 'lucide-react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import type { ActRow } from '../../../../../../shared/bridge/team-contract.ts';
import type { HistoryEntry } from '../../../../../../shared/contacts/history-operations.ts';
import { formatFull, formatMoment } from '../../../../lib/format/format-time.ts';
import { saidInWords } from '../../../../lib/i18n/said-in-words.ts';
import { useUndoable } from '../../../../lib/actions/use-undoable.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useOnce } from '../../../../lib/operations/use-once.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useIdentity, useMay } from '../../../../lib/use-identity.ts';
import { Button } from '../../../../ui/button.tsx';
import { changeOf, entryTitle, useCauseWord } from './entry-words.ts';
import { ContactValue } from '../../../../lib/contacts/contact-value.tsx';
import { putBack } from './put-back.ts';
import type { TimelineItem } from './timeline-items.ts';

type RowProps = { item: TimelineItem; contact: ContactDetail; now: number };

/** One line of the past. A small ring for a change, dashed while it waits. */
export function TimelineRow({ item, contact, now }: RowProps) {
  return (
    <li className="tl-item" data-pending={item.from === 'outbox' || undefined}>
      <span className="tick" aria-hidden="true" />
      <div className="min-w-0">
        {item.from === 'history' && <Told entry={item.entry} now={now} />}
        {item.from === 'acts' && <Done act={item.act} now={now} />}
        {item.from === 'outbox' && (
          <>
            <p className="med">{saidInWords(item.waiting.title)}</p>
            <p className="text-small text-ink-3">
              {item.waiting.state === 'refused' ? t('Refused by the server') : t('Not sent yet')}{' '}
              <time title={formatFull(item.at)}>{formatMoment(item.at, now)}</time>
            </p>
          </>
        )}
      </div>
      {item.from === 'history' && <PutBack entry={item.entry} contact={contact} />}
    </li>
  );
}

function Done({ act, now }: { act: ActRow; now: number }) {
  const who = act.mine ? t('You') : (act.userName ?? t('Somebody who is gone'));
  return (
    <>
      <p className="med">{saidInWords(act.title)}</p>
      <When who={who} at={act.at} device={act.deviceName} now={now} />
    </>
  );
}

function Told({ entry, now }: { entry: HistoryEntry; now: number }) {
  const identity = useIdentity();
  const causeWord = useCauseWord();
  const change = changeOf(entry);
  const cause = entry.cause ? causeWord(entry.cause) : null;
  const person =
    entry.userId !== null && entry.userId === identity?.userId
      ? t('You')
      : (entry.userName ?? (entry.userId ? t('Somebody who is gone') : null));
  return (
    <>
      <p className="med">{entryTitle(entry)}</p>
      {change && (
        <p className="change">
          <span className="was">
            <ContactValue field={change.field} value={entry.before} />
          </span>
          <ArrowRight size={12} className="flex-none self-center text-ink-3" aria-label={t('became')} role="img" />
          <span>
            <ContactValue field={change.field} value={entry.after} />
          </span>
        </p>
      )}
      {entry.note && <p className="text-small text-ink-2">{entry.note}</p>}
      <When
        who={[person, cause].filter(Boolean).join(', ') || t('Switchboard itself')}
        at={entry.at}
        device={entry.deviceName}
        now={now}
      />
    </>
  );
}

type WhenProps = { who: string; at: number; device: string | null; now: number };

function When({ who, at, device, now }: WhenProps) {
  return (
    <p className="flex flex-wrap gap-x-2 text-small text-ink-3">
      <span>{who}</span>
      <time title={formatFull(at)}>{formatMoment(at, now)}</time>
      {device && <span>{t('on {{device}}', { device })}</span>}
    </p>
  );
}

function PutBack({ entry, contact }: { entry: HistoryEntry; contact: ContactDetail }) {
  const setup = useContactSetup();
  const mayEdit = useMay('AGENT');
  const act = useUndoable();
  const { busy, once } = useOnce();
  const command = mayEdit ? putBack(entry, { contact, setup }) : null;
  if (!command) return null;
  return (
    <Button
      size="sm"
      look="ghost"
      icon={Undo2}
      disabled={busy}
      aria-label={t('Put this value back: {{what}}', { what: entryTitle(entry) })}
      onClick={() => void once(() => act(command, t('Put back: {{what}}', { what: entryTitle(entry) })))}
    >
      {t('Put back')}
    </Button>
  );
}
