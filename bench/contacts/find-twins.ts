import { duplicateQueries } from '../../desktop/core/features/contacts/duplicates/duplicate-queries.ts';
import { openReadConnection } from '../../desktop/core/replica/read-connection.ts';
import { openReplica } from '../../desktop/core/replica/open-replica.ts';
import { getReplicaTable } from '../../desktop/core/replica/replica-schema.ts';
import type { ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import { upsertRow } from '../../desktop/core/replica/write-rows.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { atMost, told, type Metric } from '../metric.ts';

const TWINS = 500;

/** Looking through a hundred thousand contacts for people who are there twice, by number, address and name. Beside SQLite’s groups of equals. */
export function findTwins(place: ReplicaPlace): Metric[] {
  const added = addTwins(place);
  const db = openReadConnection(place.file, place.key);
  const scan = duplicateQueries()['duplicates.scan'];
  const context = { db, now: Date.now, me: { userId: 'nobody', deviceId: 'none' } };
  const turns: number[] = [];
  for (let share = 0; share < 1;) {
    const started = performance.now();
    share = scan(context, { limit: 100 }).share;
    turns.push(performance.now() - started);
  }
  const { total } = scan(context, { limit: 1 });
  if (total < added) throw new Error(`${total} pairs were found of the ${added} that were made`);
  const started = performance.now();
  for (const column of ['phone', 'lower(email)', `lower(first_name || last_name || company)`])
    db.sql(`SELECT ${column}, group_concat(id) FROM contacts GROUP BY ${column} HAVING count(*) > 1`).all();
  const raw = (performance.now() - started) / 1000;
  db.close();
  const seconds = turns.reduce((sum, ms) => sum + ms, 0) / 1000;
  return [
    atMost('duplicates among 100k contacts found', 's', seconds, 10, raw),
    told('one turn of it, the longest', 'ms', Math.max(...turns)),
    told('pairs found', 'pairs', total, added),
  ];
}

/** Some people a second time: with the same number, the same address, or a name with a letter more and neither. */
function addTwins({ file, key }: ReplicaPlace): number {
  const replica = openReplica(file, key);
  const rows = replica
    .sql('SELECT first_name, last_name, company, phone, email FROM contacts ORDER BY rid LIMIT ?')
    .all(3 * TWINS) as Record<string, string>[];
  const contacts = getReplicaTable('contacts');
  replica.tx(() => {
    for (const [i, { first_name, last_name, company, phone = null, email = null }] of rows.entries())
      upsertRow(replica, contacts, {
        id: newId<'contact'>(),
        first_name: first_name ?? null,
        last_name: i % 3 === 2 ? `${last_name ?? ''}s` : (last_name ?? null),
        company: company ?? null,
        phone: i % 3 === 0 ? phone : null,
        email: i % 3 === 1 ? email : null,
      });
  });
  replica.close();
  return rows.length;
}
