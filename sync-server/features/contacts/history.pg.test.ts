import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const create = async (fields: object) => (await owner.call('POST', '/contacts', fields)).body.data.id as string;
const changesOf = (id: string) =>
  stack.rows(
    `select field, before, after, user_id as "userId", device_id as "deviceId" from contact_changes
     where contact_id = $1 order by id`,
    id,
  );

test('each field that changes is kept with what it was, who changed it and on which device; what stays is not', async () => {
  const id = await create({ firstName: 'Ada', company: 'Old', leadScore: 10, tags: ['first'] });
  expect(await changesOf(id)).toEqual([]);
  const theo = await stack.join(owner, 'AGENT');
  await theo.push({ name: 'contacts.update', input: { id, company: 'New', leadScore: 10, firstName: 'Ada' } });
  await owner.call('PATCH', `/contacts/${id}`, { company: null });
  await owner.push({ name: 'contacts.addTags', input: { contactIds: [id], tags: ['vip'] } });
  await owner.push({ name: 'contacts.removeTags', input: { contactIds: [id], tags: ['first'] } });
  const by = (person: Person) => ({ userId: person.userId, deviceId: person.deviceId });
  expect(await changesOf(id)).toEqual([
    { field: 'company', before: 'Old', after: 'New', ...by(theo) },
    { field: 'company', before: 'New', after: null, ...by(owner) },
    { field: 'tag', before: null, after: 'vip', ...by(owner) },
    { field: 'tag', before: 'first', after: null, ...by(owner) },
  ]);
});

test('history cannot be changed, and goes with its contact', async () => {
  const id = await create({ firstName: 'Ada' });
  await owner.call('PATCH', `/contacts/${id}`, { firstName: 'Eve' });
  await expect(stack.rows(`update contact_changes set after = '"Nobody"' where contact_id = $1`, id)).rejects.toThrow(
    'append-only',
  );
  await owner.call('DELETE', `/contacts/${id}`);
  expect(await changesOf(id)).toEqual([]);
});

test('a contact says since when it has its status, and a new workspace begins with statuses and a pipeline', async () => {
  const id = await create({ firstName: 'Ada', leadStatus: 'Contact Made' });
  const [first] = await stack.rows<{ status: string; at: Date }>(
    'select lead_status as status, status_entered_at as at from contacts where id = $1',
    id,
  );
  expect(first?.status).toBe('contact_made');
  await owner.call('PATCH', `/contacts/${id}`, { company: 'Same status' });
  await owner.call('PATCH', `/contacts/${id}`, { leadStatus: 'sold' });
  const [second] = await stack.rows<{ at: Date; updated: Date }>(
    'select status_entered_at as at, updated_at as updated from contacts where id = $1',
    id,
  );
  expect(second?.at).toEqual(second?.updated);
  expect(second?.at.getTime()).toBeGreaterThan(first?.at.getTime() ?? 0);
  const kinds = await stack.rows(
    `select kind, count(*)::int as n from workspace_items where tenant_id = $1 and kind in ('lead_status', 'pipeline', 'stage')
     group by kind order by kind`,
    owner.tenantId,
  );
  expect(kinds).toEqual([
    { kind: 'lead_status', n: 10 },
    { kind: 'pipeline', n: 1 },
    { kind: 'stage', n: 6 },
  ]);
});
