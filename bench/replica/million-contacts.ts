import { getReplicaTable } from '../../desktop/core/replica/replica-schema.ts';
import { beginLoad, finishLoad } from '../../desktop/core/replica/load-table.ts';
import { buildSearchStep } from '../../desktop/core/replica/search/build-search.ts';
import type { Replica } from '../../desktop/core/replica/open-replica.ts';
import { upsertRow } from '../../desktop/core/replica/write-rows.ts';
import { newId } from '../../shared/kernel/ids.ts';

export const CONTACTS = 1_000_000;
export const FIRST = [
  'Rosalind',
  'Desmond',
  'Marguerite',
  'Tomasz',
  'Anjali',
  'Calvin',
  'Sofía',
  'Bartholomew',
  'Nia',
  'Henrik',
  'Guadalupe',
  'Yusuf',
];
export const LAST = [
  'Achterberg',
  'Oyelaran',
  'Fontaine',
  'Wiśniewski',
  'Venkataraman',
  'Brightwater',
  'Marroquín',
  'Quist',
  'Abernathy',
  'Sandvold',
];

export const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
export const scramble = (i: number): number => (i * 2_654_435_761) % 4_294_967_296;
export const phoneOf = (i: number): string => `+1${String(2_012_000_000 + i)}`;

/** What the messages of a filled replica say, and how many each of twenty thousand people has. */
export type Talk = { perPerson: number; bodyOf: (n: number) => string };
const REBATE: Talk = { perPerson: 25, bodyOf: () => 'Does the rebate come off?' };

/** A million contacts, every fiftieth with messages, in a replica of the real schema. */
export function fillMillion(replica: Replica, { perPerson, bodyOf }: Talk = REBATE): void {
  const contacts = getReplicaTable('contacts');
  const messages = getReplicaTable('messages');
  const now = Date.now();
  beginLoad(replica, contacts);
  beginLoad(replica, messages);
  replica.tx(() => {
    for (let i = 0; i < CONTACTS; i += 1) {
      const n = scramble(i);
      const id = newId<'contact'>();
      upsertRow(replica, contacts, {
        id,
        first_name: pick(FIRST, n),
        last_name: `${pick(LAST, n >>> 4)}${n % 9973}`,
        company: `Company ${n % 50_000}`,
        email: `person${i}@mail${n % 500}.example`,
        phone: phoneOf(i),
        lead_score: n % 101,
        created_at: now - n,
        last_interaction_at: now - (n % 31_536_000) * 1000,
      });
      for (let m = 0; i % 50 === 0 && m < perPerson; m += 1)
        upsertRow(replica, messages, {
          id: newId<'message'>(),
          contact_id: id,
          conversation_id: id,
          direction: m % 2 === 0 ? 'in' : 'out',
          channel: 'sms',
          body: bodyOf(i + m),
          created_at: now - i * 60_000 - m,
        });
    }
  });
  for (const table of ['contacts', 'messages']) for (const _ of finishLoad(replica, table));
  while (buildSearchStep(replica, 10_000));
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
}
