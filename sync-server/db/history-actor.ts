import type { Instant } from '../../shared/kernel/instant.ts';
import type { Actor } from './act.ts';
import type { Client } from './pool.ts';

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
