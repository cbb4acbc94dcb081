import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver } from '../../replica/read-connection.ts';
import { USER } from '../../testing/fake-server.ts';
import { outboxQueries } from '../outbox/outbox-queries.ts';
import { runCommand } from '../outbox/run-command.ts';
import { mergeQueries } from './merge-queries.ts';

const identity = { ...USER, role: 'AGENT' as const };
const contactId = newId<'contact'>();
const theo = newId<'user'>();
let replica: Replica;

function meet(values: Partial<Record<string, string | number | null>> = {}): string {
  const row = {
    id: newId<'meeting'>(),
    entity: 'contact',
    entity_id: contactId,
    contact_id: contactId,
    kind: 'overwritten',
    mine: '{"company":"Yale","email":"grace@yale.test"}',
    theirs: '{"company":"Navy"}',
    mine_by_id: USER.userId,
    mine_made_at: 100,
    theirs_by_id: theo,
    theirs_at: 90,
    created_at: 200,
    ...values,
  };
  const columns = Object.keys(row);
  replica
    .sql(`INSERT INTO met_changes (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
  return row.id;
}

beforeEach(() => {
  replica = openReplica(':memory:');
  replica.sql(`INSERT INTO contacts (id, first_name, company) VALUES (?, 'Grace', 'Yale')`).run(contactId);
  for (const [id, name] of [
    [USER.userId, 'Ada'],
    [theo, 'Theo'],
  ])
    replica
      .sql(`INSERT INTO workspace_items (id, kind, body) VALUES (?, 'member', ?)`)
      .run(id, JSON.stringify({ name }));
});

const context = () => ({ db: readConnectionOver(replica.db), now: Date.now, me: { userId: 'u', deviceId: 'd' } });
const list = (args: { settled?: boolean; contactId?: string; limit?: number } = {}) =>
  mergeQueries['merges.list'](context(), { settled: false, limit: 50, ...args });

test('a meeting has both values, who wrote them and when, and which fields were overwritten', () => {
  const id = meet();
  expect(list()).toEqual({
    rows: [
      {
        id,
        entity: 'contact',
        entityId: contactId,
        contactId,
        contactName: 'Grace',
        kind: 'overwritten',
        mine: { company: 'Yale', email: 'grace@yale.test' },
        theirs: { company: 'Navy' },
        overwritten: ['company'],
        mineBy: 'Ada',
        mineMadeAt: 100,
        theirsBy: 'Theo',
        theirsAt: 90,
        createdAt: 200,
        resolvedAt: null,
        resolvedBy: null,
        pending: false,
      },
    ],
    open: 1,
    more: false,
    denied: false,
  });
});

test('the newest come first, of one contact where one is named, and no more than asked for', () => {
  const [first, second] = [meet({ created_at: 1 }), meet({ created_at: 2 })];
  const other = meet({ contact_id: newId<'contact'>(), created_at: 3 });
  expect(list().rows.map(({ id }) => id)).toEqual([other, second, first]);
  expect(list({ contactId, limit: 1 })).toMatchObject({ rows: [{ id: second }], open: 2, more: true });
  expect(list().rows[0]?.contactName).toBe('a contact that is gone');
});

test('restoring works without a line: the earlier value shows at once, and the meeting is settled', () => {
  const id = meet();
  const shows = { entity: 'contact' as const, entityId: contactId, values: { company: 'Navy' } };
  runCommand(replica, identity, { name: 'merges.restore', input: { id, shows } }, 300);
  expect(replica.sql('SELECT company FROM contacts').pluck().get()).toBe('Navy');
  expect(list()).toMatchObject({ rows: [], open: 0 });
  expect(list({ settled: true }).rows).toMatchObject([{ id, resolvedAt: 300, resolvedBy: 'Ada', pending: true }]);
  expect(outboxQueries['outbox.list'](context(), {})).toMatchObject([
    { title: 'Earlier values of Grace restored', contactId },
  ]);
});

test('somebody whose role may not see meetings is told so', () => {
  replica.sql(`UPDATE stream SET denied = 1 WHERE tbl = 'met_changes'`).run();
  expect(list()).toEqual({ rows: [], open: 0, more: false, denied: true });
});
