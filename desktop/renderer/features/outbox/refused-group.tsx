import type { RefusedGroup as Group } from './refusal-words.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { RefusedChange } from './refused-change.tsx';

type RefusedGroupProps = { group: Group; current: string | null };

/** A refused change, and under it those that make no sense without it. */
export function RefusedGroup({ group: { cause, held }, current }: RefusedGroupProps) {
  return (
    <div className="grid gap-2">
      <RefusedChange entry={cause} isCurrent={current === cause.writeId} />
      {held.length > 0 && (
        <section
          className="ms-4 grid gap-2 border-s border-line ps-4"
          aria-label={t('{{count}} changes build on {{change}}', {
            count: held.length,
            change: saidInWords(cause.title),
          })}
        >
          <p className="text-small text-ink-3">
            {t('{{count}} changes build on it and were held with it. A retry takes them along.', {
              count: held.length,
            })}
          </p>
          {held.map((entry) => (
            <RefusedChange key={entry.writeId} entry={entry} isCurrent={current === entry.writeId} />
          ))}
        </section>
      )}
    </div>
  );
}
