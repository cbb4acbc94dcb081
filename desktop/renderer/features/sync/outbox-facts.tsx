import type { SyncInspection } from '../../../../shared/bridge/sync-inspection.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatSince } from '../../lib/format/format-time.ts';

const STATE_WORDS = {
  queued: 'Waits for the line',
  sent: 'Sent, not answered',
  accepted: 'Accepted, on its way back',
  refused: 'Refused, needs you',
} as const;

/** The outbox by state. Counted as they travel: a bulk act or an import is many. */
export function OutboxFacts({ outbox, refusals, now }: Pick<SyncInspection, 'outbox' | 'refusals'> & { now: number }) {
  return (
    <div className="panel">
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Writes
            </th>
            <th scope="col">The oldest</th>
          </tr>
        </thead>
        <tbody>
          {outbox.map(({ state, writes, oldestAt }) => (
            <tr key={state}>
              <td>{STATE_WORDS[state]}</td>
              <td className="num">{formatCount(writes)}</td>
              <td className="text-ink-3">{oldestAt === null ? '' : formatSince(oldestAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refusals.length > 0 && (
        <p className="border-t border-line-hairline px-3.5 py-2 text-small text-ink-2">
          Refused because of: {refusals.map(({ code, writes }) => `${code} (${formatCount(writes)})`).join(', ')}
        </p>
      )}
    </div>
  );
}
