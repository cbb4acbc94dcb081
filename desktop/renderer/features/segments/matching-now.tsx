import { Link } from '@tanstack/react-router';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Score } from '../../ui/score.tsx';

const SAMPLE = 8;

/** How many contacts a rule means at this moment, and the newest of them. */
export function MatchingNow({ rule }: { rule: SegmentRule }) {
  const { data, isError } = useQuery('contacts.matching', { rule, sample: SAMPLE }, { keep: true });
  if (isError)
    return <p className="text-ink-3">{t('This could not be counted now. Change a condition to try again.')}</p>;
  if (!data) return <p className="text-ink-3">…</p>;
  return (
    <section className="matching" aria-label={t('Who meets the conditions now')}>
      <p role="status" className="grid">
        <span className="figure num">{formatCount(data.count)}</span>
        <span className="text-small text-ink-2">
          {t('of {{total}} contacts, in {{ms}} ms', { total: data.total, ms: Math.max(1, Math.round(data.tookMs)) })}
        </span>
      </p>
      <ul>
        {data.sample.map((contact) => (
          <li key={contact.id}>
            <Link to="/contacts/$id" params={{ id: contact.id }} className="menu-item">
              <Avatar name={contactName(contact)} />
              <span className="trunc flex-1">{contactName(contact)}</span>
              {contact.leadScore !== null && <Score score={contact.leadScore} />}
            </Link>
          </li>
        ))}
      </ul>
      {data.count > data.sample.length && data.sample.length > 0 && (
        <p className="text-small text-ink-3">{t('and {{count}} more', { count: data.count - data.sample.length })}</p>
      )}
    </section>
  );
}
