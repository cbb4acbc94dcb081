import type { SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatSeries } from '../../lib/format/format-list.ts';
import { t } from '../../lib/i18n/t.ts';
import { formatSince } from '../../lib/format/format-time.ts';

const stateWords = () => ({
  queued: t('Waits for the line'),
  sent: t('Sent, not answered'),
  accepted: t('Accepted, on its way back'),
  refused: t('Refused, needs you'),
});

/** The outbox by state. Counted as they travel: a bulk act or an import is many. */
export function OutboxFacts({ outbox, refusals, now }: Pick<SyncInspection, 'outbox' | 'refusals'> & { now: number }) {
  return (
    <div className="panel overflow-x-auto" role="group" aria-label={t('Changes on this computer')} tabIndex={0}>
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('State')}</th>
            <th scope="col" className="num">
              {t('Writes')}
            </th>
            <th scope="col">{t('The oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {outbox.map(({ state, writes, oldestAt }) => (
            <tr key={state}>
              <td>{stateWords()[state]}</td>
              <td className="num">{formatCount(writes)}</td>
              <td className="text-ink-3">{oldestAt === null ? '' : formatSince(oldestAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refusals.length > 0 && (
        <p className="border-t border-line-hairline px-3.5 py-2 text-small text-ink-2">
          {t('Refused because of: {{reasons}}', {
            reasons: formatSeries(refusals.map(({ code, writes }) => `${code} (${formatCount(writes)})`)),
          })}
        </p>
      )}
    </div>
  );
}
