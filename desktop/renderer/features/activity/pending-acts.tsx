import { Link } from '@tanstack/react-router';
import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';

const SHOWN = 20;

/** What was done on this computer and has not reached the server: nobody else sees it yet. Taken back in the outbox. */
export function PendingActs({ entries, now }: { entries: readonly OutboxEntry[]; now: number }) {
  const waiting = entries.filter(({ state }) => state !== 'refused').toReversed();
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t('Not sent yet')}>
      <h2 className="h-sect">
        {t('Not sent yet')}
        <Link to="/outbox" className="ms-auto hover:underline">
          {t('Open the outbox')}
        </Link>
      </h2>
      <ol>
        {waiting.slice(0, SHOWN).map((entry) => (
          <li key={entry.writeId} className="act-row" data-pending="">
            <span className="pend mt-1" role="img" aria-label={t('Not sent yet')} />
            <span className="trunc" title={saidInWords(entry.title)}>
              {saidInWords(entry.title)}
            </span>
            <time className="num text-small text-ink-3">{formatMoment(entry.madeAt, now)}</time>
          </li>
        ))}
      </ol>
      {waiting.length > SHOWN && (
        <p className="mt-1 text-small text-ink-3">
          {t('and {{count}} more after these', { count: waiting.length - SHOWN })}
        </p>
      )}
    </section>
  );
}
