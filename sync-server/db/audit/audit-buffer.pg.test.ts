import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { AuditBuffer, type AuditRow } from './audit-buffer.ts';
import { inTx } from '../tx.ts';

let database: TestDatabase;
const tenantId = randomUUID();
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`insert into tenants (id, name, country, created_at) values ($1, 'T', 'US', now())`, [
    tenantId,
  ]);
});
afterAll(() => database.drop());

const row = (action: string, more: Partial<AuditRow> = {}): AuditRow => ({
  id: randomUUID(),
  tenant_id: tenantId,
  user_id: null,
  device_id: null,
  action,
  entity: 'test',
  entity_id: null,
  before: null,
  after: null,
  trace_id: null,
  contact_id: null,
  records: 1,
  undo: null,
  undoes: null,
  unit: null,
  together: randomUUID(),
  at: new Date(1_795_000_000_123).toISOString(),
  ...more,
});
const actionsOf = async (query: { query: (sql: string) => Promise<{ rows: { action: string }[] }> }) =>
  (await query.query('select action from audit_log order by action')).rows.map(({ action }) => action);

test('a write that is taken back takes its own rows along and none of an earlier write, though it had stored them', async () => {
  await inTx(database.pool, async (_tx, client) => {
    const audits = new AuditBuffer(client);
    const write = async (action: string, reads: boolean, fails: boolean) => {
      await client.query('savepoint w');
      audits.add(row(action));
      if (reads) await audits.store();
      if (fails) {
        await client.query('rollback to savepoint w');
        audits.takeBackWrite();
      } else {
        await client.query('release savepoint w');
        audits.keepWrite();
      }
    };
    await write('1 kept', false, false);
    await write('2 read, failed', true, true);
    expect(await actionsOf(client)).toEqual([]);
    await write('3 read, kept', true, false);
    expect(await actionsOf(client)).toEqual(['1 kept', '3 read, kept']);
    await write('4 failed', false, true);
    await write('5 read, failed', true, true);
    await write('6 kept', false, false);
    await audits.store();
  });
  expect(await actionsOf(database.pool)).toEqual(['1 kept', '3 read, kept', '6 kept']);
});

test('rows are stored as they are: values of every kind, and nothing where there is nothing', async () => {
  const id = randomUUID();
  await inTx(database.pool, async (_tx, client) => {
    const audits = new AuditBuffer(client);
    audits.add(
      row('whole', { entity_id: id, user_id: id, device_id: id, before: null, after: { a: null, b: ['ü', 1] } }),
    );
    await audits.store();
  });
  const { rows } = await database.pool.query('select * from audit_log where entity_id = $1', [id]);
  expect(rows).toEqual([
    {
      id: expect.any(String),
      tenant_id: tenantId,
      user_id: id,
      device_id: id,
      action: 'whole',
      entity: 'test',
      entity_id: id,
      before: null,
      after: { a: null, b: ['ü', 1] },
      trace_id: null,
      contact_id: null,
      records: 1,
      undo: null,
      undoes: null,
      unit: null,
      at: new Date(1_795_000_000_123),
    },
  ]);
});
