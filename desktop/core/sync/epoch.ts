import type { Replica } from '../replica/open-replica.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';
import { finishTableNow } from './apply-messages.ts';
import { clearStage } from './stage.ts';

/** Response header that names the database positions belong to. Another value: a restored or replaced database. */
export const EPOCH_HEADER = 'switchboard-epoch';

/** The epoch this replica's positions belong to; null before it has heard of one. */
export const findEpoch = (replica: Replica): string | null =>
  (replica.sql(`SELECT value FROM local_setting WHERE key = 'epoch'`).pluck().get() as string | undefined) ?? null;

/**
 * The server's database is another one than before: restored from a backup, or moved. Its positions say nothing about ours, and it
 * may have forgotten writes it had taken. So every table is fetched anew beside what is shown, and whatever was taken but not yet
 * seen in the stream is sent again; the server knows by their ids which of them it still has.
 */
export function enterEpoch(replica: Replica, epoch: string): void {
  const isFirst = findEpoch(replica) === null;
  if (!isFirst) for (const { name } of REPLICA_TABLES) finishTableNow(replica, name);
  replica.tx(() => {
    replica
      .sql(`INSERT INTO local_setting VALUES ('epoch', ?) ON CONFLICT DO UPDATE SET value = excluded.value`)
      .run(epoch);
    if (isFirst) return;
    for (const table of REPLICA_TABLES) clearStage(replica, table);
    replica
      .sql(
        `UPDATE stream SET handle = NULL, "offset" = NULL, lsn = 0, pos_lsn = 0, pos_op = -1,
           staging = iif(ready OR bulk, 1, 0)`,
      )
      .run();
    replica.sql(`UPDATE pending_write SET state = 'sent', commit_lsn = NULL, exact = 0 WHERE state = 'accepted'`).run();
    replica.touch('outbox');
  });
}
