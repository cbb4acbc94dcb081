import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const contact = async (phone: string, who = owner) =>
  (await who.call('POST', '/contacts', { firstName: 'Ada', phone })).body.data.id as unknown as string;
const markOf = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data.doNotCallAt;

test('a number in any spelling marks who has it now and who comes later, until it is taken off the list', async () => {
  const before = await contact('+14155550100');
  expect((await owner.call('POST', '/do-not-call', { phone: '(415) 555-0100' })).body.data).toEqual({
    phone: '+14155550100',
    contacts: 1,
  });
  const later = await contact('+14155550100');
  expect([await markOf(before), await markOf(later)]).toEqual([expect.any(Number), expect.any(Number)]);
  expect((await owner.call('GET', '/do-not-call?search=555-01')).body).toMatchObject({
    data: [{ phone: '+14155550100', contacts: 2, addedAt: expect.any(Number) }],
    total: 1,
  });
  expect(
    await stack.rows(
      `select action, records from audit_log where action like 'doNotCall.%' and tenant_id = $1`,
      owner.tenantId,
    ),
  ).toEqual([{ action: 'doNotCall.add', records: 1 }]);
  expect((await owner.call('DELETE', `/do-not-call/${encodeURIComponent('+14155550100')}`)).body.data).toMatchObject({
    contacts: 2,
  });
  expect([await markOf(before), await markOf(later)]).toEqual([null, null]);
});

test('who was marked otherwise keeps the mark', async () => {
  const id = await contact('+14155550111');
  await stack.rows(`update contacts set do_not_call_at = now() - interval '1 day' where id = $1`, id);
  await owner.call('POST', '/do-not-call', { phone: '+14155550111' });
  expect((await owner.call('DELETE', '/do-not-call/+14155550111')).body.data).toMatchObject({ contacts: 0 });
  expect(await markOf(id)).toEqual(expect.any(Number));
});

test('what is no number is refused in words, and roles and workspaces hold', async () => {
  expect(await owner.call('POST', '/do-not-call', { phone: '555-01' })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input' } },
  });
  await owner.call('POST', '/do-not-call', { phone: '+14155550122' });
  const other = await stack.signUp();
  expect((await other.call('GET', '/do-not-call')).body.total).toBe(0);
  expect((await other.call('DELETE', '/do-not-call/+14155550122')).status).toBe(404);
  const viewer = await stack.join(owner, 'VIEWER');
  expect((await viewer.call('POST', '/do-not-call', { phone: '+14155550123' })).status).toBe(403);
  const agent = await stack.join(owner, 'AGENT');
  expect((await agent.call('DELETE', '/do-not-call/+14155550122')).status).toBe(403);
});

const progress = async (id: string) =>
  (
    await stack.rows<{ status: string }>(
      'select status, created, updated, skipped, message from import_jobs where id = $1',
      id,
    )
  )[0];

async function importRows(rows: object[], choices: object): Promise<string> {
  const id = randomUUID();
  const start = { id, fileName: 'numbers.csv', total: rows.length, ...choices };
  await owner.push(
    { name: 'imports.start', input: start },
    { name: 'imports.addRows', input: { id, part: 0, rows } },
    { name: 'imports.run', input: { id } },
  );
  await vi.waitFor(async () => expect(await progress(id)).toMatchObject({ status: 'done' }), { timeout: 15_000 });
  return id;
}

test('numbers of a do-not-call list mark who has them now and who comes later, until the import is undone', async () => {
  const before = (await owner.call('POST', '/contacts', { firstName: 'Before', phone: '+14155550192' })).body.data.id;
  const rows = ['+14155550192', '+14155550193', '+14155550192'].map((phone, i) => ({
    row: i + 2,
    fields: { phone },
    tags: [],
  }));
  const list = await importRows(rows, { kind: 'do_not_call' });
  expect(await progress(list)).toMatchObject({ created: 2, updated: 1, skipped: 1 });
  const after = (await owner.call('POST', '/contacts', { firstName: 'After', phone: '+14155550193' })).body.data.id;
  const imported = await importRows([{ row: 2, fields: { phone: '+14155550193', company: 'C' }, tags: [] }], {
    duplicates: 'create',
  });
  const marks = `select first_name, do_not_call_at is not null as marked from contacts where id in ($1, $2) or import_id = $3 order by created_at`;
  const marked = async () =>
    (await stack.rows<{ marked: boolean }>(marks, before, after, imported)).map((r) => r.marked);
  expect(await marked()).toEqual([true, true, true]);
  expect(
    await stack.rows(`select cause from contact_changes where contact_id = $1 and field = 'doNotCallAt'`, before),
  ).toEqual([{ cause: { kind: 'import', id: list } }]);
  await owner.push({ name: 'imports.undo', input: { id: list } });
  await vi.waitFor(
    async () =>
      expect(await progress(list)).toMatchObject({
        message: 'Undone: 2 numbers were taken off the do-not-call list.',
      }),
    { timeout: 15_000, interval: 50 },
  );
  expect(await marked()).toEqual([false, false, false]);
});
