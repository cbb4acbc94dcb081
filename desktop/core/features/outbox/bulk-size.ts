import type { ReadConnection } from '../../replica/read-connection.ts';
import type { Replica } from '../../replica/open-replica.ts';

/** Settings of this kind travel with the outbox when a replica is built anew. */
export const BULK_SIZE = 'bulk:';

/**
 * Keeps of how many records an act is as long as any of its slices waits or is refused: those that are saved leave no trace
 * here, and "5,000 refused" must not read as all of it.
 */
export function noteBulkSize(replica: Replica, unit: string, records: number): void {
  replica
    .sql(
      `DELETE FROM local_setting WHERE key GLOB '${BULK_SIZE}*' AND substr(key, ${BULK_SIZE.length + 1}) NOT IN (
         SELECT unit FROM pending_write UNION SELECT unit FROM refused_write UNION SELECT unit FROM bulk_command)`,
    )
    .run();
  replica.sql('INSERT OR REPLACE INTO local_setting VALUES (?, ?)').run(BULK_SIZE + unit, String(records));
}

/** Null for an act that travels in one piece. */
export function findBulkSize({ sql }: Pick<ReadConnection, 'sql'>, unit: string): number | null {
  const size = sql('SELECT value FROM local_setting WHERE key = ?')
    .pluck()
    .get(BULK_SIZE + unit);
  return typeof size === 'string' ? Number(size) : null;
}
