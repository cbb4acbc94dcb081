import { sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Actor } from '../act.ts';
import type { Client } from '../pool.ts';
import type { Tx } from '../tx.ts';

/** What the history of contacts says besides who and when. */
export type HistoryNote = {
  /** What did it, where it was no person's hand. */
  cause?: { kind: 'automation' | 'import' | 'merge' | 'job' | 'undo'; id: string };
  /** What a person said about it. */
  note?: string;
  /** The audit row of an act that changes many contacts at once: what it is taken back by. */
  actId?: string;
};

/** Tells the database in whose name rows change from here to the end of the transaction: its triggers write the history of contacts. */
export async function tellHistory(
  client: Client,
  { userId, deviceId }: Pick<Actor, 'userId' | 'deviceId'>,
  now: Instant,
  more: HistoryNote = {},
): Promise<void> {
  const actor = JSON.stringify({ userId, deviceId, at: new Date(now).toISOString(), ...more });
  await client.query({
    name: 'history actor',
    text: `select set_config('switchboard.actor', $1, true)`,
    values: [actor],
  });
}

/** Does `work`, whose changes are no news of contacts (something is taken back or put in order): they set no automation off. */
export async function quietly<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const before = await tx.execute<{ value: string | null }>(
    sql`select current_setting('switchboard.status_automations', true) as value`,
  );
  await tx.execute(sql`select set_config('switchboard.status_automations', 'off', true)`);
  const outcome = await work();
  await tx.execute(sql`select set_config('switchboard.status_automations', ${before.rows[0]?.value ?? ''}, true)`);
  return outcome;
}
