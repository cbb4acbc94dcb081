import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { showValue } from '../../lib/format/format-field.ts';
import { stateWords, typedFields } from './outbox-words.ts';
import { formatSeries } from '../../lib/format/format-list.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useOutboxActs } from './use-outbox-acts.ts';

/** A change on its way. As long as it has not left it can be taken back. */
export function WaitingChange({ entry, now, isCurrent }: { entry: OutboxEntry; now: number; isCurrent: boolean }) {
  const { discard } = useOutboxActs(entry);
  const { busy, once } = useOnce();
  const title = saidInWords(entry.title);
  const values = typedFields(entry).filter(({ field }) => field !== 'ownerId');
  const about = [
    stateWords()[entry.state],
    entry.bulk && entry.bulk.slices > 1 && t('in {{count}} parts', { count: entry.bulk.slices }),
    entry.bulk && entry.bulk.refusedRecords > 0 && t('{{count}} refused', { count: entry.bulk.refusedRecords }),
    values.length > 0 && formatSeries(values.map(({ field, value }) => showValue(value, field))),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <li
      data-card={entry.writeId}
      tabIndex={-1}
      aria-current={isCurrent || undefined}
      className="flex min-h-11 items-center gap-3 border-b border-line-hairline px-3 py-2 last:border-0 aria-[current]:bg-surface-hover"
    >
      <span className="pend" data-saved={entry.state === 'accepted' ? '' : undefined} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <div className="trunc" title={title}>
          {entry.contactId ? (
            <Link to="/contacts/$id" params={{ id: entry.contactId }} className="hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </div>
        <div className="trunc text-small text-ink-3" title={about}>
          {about}
        </div>
      </div>
      <time className="num wide text-small text-ink-3">{formatMoment(entry.madeAt, now)}</time>
      {entry.state === 'queued' && (
        <Button
          size="sm"
          look="ghost"
          icon={Undo2}
          data-act="discard"
          shortcut={isCurrent ? 'd' : undefined}
          aria-label={t('Undo: {{change}}', { change: title })}
          disabled={busy}
          onClick={() => void once(discard)}
        >
          <span className="max-[640px]:sr-only">{t('Undo')}</span>
        </Button>
      )}
    </li>
  );
}
