import type { Standstill, SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { findSetting } from '../replica/local-settings.ts';
import type { Replica } from '../replica/open-replica.ts';
import { REFUSED_UNIT } from '../features/outbox/refused-unit.ts';

const STUCK_AFTER_MS = 10 * 60_000;

export type LineFacts = {
  lastHeardAt: number | null;
  lastFedAt: number | null;
  offlineSince: number | null;
  onlineSince: number | null;
  diskFull: boolean;
  standstill: Standstill | null;
  notice: string | null;
};

export const NOT_SYNCING: SyncState = {
  status: 'starting',
  pending: 0,
  refused: 0,
  lastHeardAt: null,
  offlineSince: null,
  firstSync: null,
  dataAt: null,
  oldestWaitingAt: null,
  diskFull: false,
  standstill: null,
  notice: null,
};

/**
 *            first sync done          a write           all confirmed
 *   starting ─────────────▶ saved ───────────▶ waiting ───────────────▶ saved
 *       │                     │                   │ 10 minutes online
 *       ▼ no answer           ▼                   ▼
 *    offline ◀──────────── no answer            stuck
 */
export function readSyncState(replica: Replica, line: LineFacts, now: number): SyncState {
  // From its index: the rows themselves may hold megabytes.
  const pending = replica.sql('SELECT count(DISTINCT unit) FROM pending_write').pluck().get() as number;
  const oldest = replica.sql('SELECT made_at FROM pending_write ORDER BY seq LIMIT 1').pluck().get() as
    | number
    | undefined;
  const refused = replica.sql(`SELECT count(DISTINCT ${REFUSED_UNIT}) FROM refused_write`).pluck().get() as number;
  const ready = replica.sql(`SELECT ready FROM stream WHERE tbl = 'contacts'`).pluck().get() as number;
  const rows = ready ? 0 : (replica.sql('SELECT count(*) FROM contacts').pluck().get() as number);
  const { lastHeardAt, offlineSince, onlineSince } = line;
  const waitsSince = Math.max(oldest ?? now, onlineSince ?? now);
  const status =
    offlineSince !== null
      ? 'offline'
      : lastHeardAt === null || !ready
        ? 'starting'
        : pending === 0
          ? 'saved'
          : now - waitsSince > STUCK_AFTER_MS
            ? 'stuck'
            : 'waiting';
  const fedBefore = findSetting(replica, 'fed_at');
  return {
    status,
    pending,
    refused,
    lastHeardAt,
    offlineSince,
    firstSync: ready ? null : { rows },
    dataAt: line.lastFedAt ?? (fedBefore === null ? null : Number(fedBefore)),
    oldestWaitingAt: oldest ?? null,
    diskFull: line.diskFull,
    // Once nothing waits there is nothing to be refused.
    standstill: pending === 0 && line.standstill?.why === 'not-taken' ? null : line.standstill,
    notice: line.notice,
  };
}
