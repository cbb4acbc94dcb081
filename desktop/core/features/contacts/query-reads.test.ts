import { expect, test } from 'vitest';
import { QUERY_READS } from '../../../../shared/bridge/bridge-contract.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica } from '../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../replica/read-connection.ts';
import { REPLICA_TABLES } from '../../replica/replica-schema.ts';
import { upsertRow } from '../../replica/write-rows.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import { contactQueries } from './contact-queries.ts';

const view = { search: '', sort: 'name', order: 'asc' } as const;
const id = newId<'contact'>();
const phone = '+14155550100';
const ASKED = {
  'contacts.window': { view, snapshot: null, from: 0, count: 10 },
  'contacts.get': { id },
  'contacts.count': {},
  'contacts.notes': { contactId: id },
  'contacts.byPhone': { phone },
} as const;

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])(
  '%s is asked again when a table changes that it reads',
  (name) => {
    const replica = openReplica(':memory:');
    upsertRow(replica, getReplicaTable('contacts'), { id, first_name: 'Ada', phone });
    const plain = readConnectionOver(replica.db);
    const statements: string[] = [];
    const db: ReadConnection = { ...plain, sql: (text) => (statements.push(text), plain.sql(text)) };
    contactQueries()[name]({ db, now: Date.now, me: { userId: 'u', deviceId: 'd' } }, ASKED[name] as never);
    const all = statements.join('\n');
    const read = REPLICA_TABLES.map((table) => table.name).filter((table) => new RegExp(`\\b${table}\\b`).test(all));
    if (/\b(pending_target|pending_write|write_mark|refused_write)\b/.test(all)) read.push('outbox');
    expect(read.length).toBeGreaterThan(0);
    expect(QUERY_READS[name]).toEqual(expect.arrayContaining(read));
    replica.close();
  },
);
