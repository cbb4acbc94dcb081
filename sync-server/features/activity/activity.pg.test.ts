import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contactTagIdOf, tagIdOf } from '../../../shared/contacts/tag.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber, makeWorld, type World } from '../../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let other: Person;
let world: World;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  other = await stack.join(owner, 'AGENT');
  await addNumber(stack, owner.tenantId, '+15035550100');
});
afterAll(() => stack.close());
beforeEach(async () => {
  world = await makeWorld(stack, owner, agent);
});

type ActRow = {
  id: string;
  user_id: string;
  action: string;
  undoable: boolean;
  undo: unknown;
  undone_at: Date | null;
  records: number;
};

const actOf = async (action: string, entityId: string | null = world.contactId): Promise<ActRow> => {
  const rows = await stack.rows<ActRow>(
    `select * from acts where action = $1 and (entity_id = $2 or $2 is null) order by at desc, id desc limit 1`,
    action,
    entityId,
  );
  if (!rows[0]) throw new Error(`nobody did ${action}`);
  return rows[0];
};
const undo = (who: Person, id: string, more: object = {}) =>
  who.push({ name: 'activity.undo', input: { id, ...more } });
const contact = async () => (await owner.call('GET', `/contacts/${world.contactId}`)).body.data;

test('what a member does is told to desktops with what takes it back; sign-ins and the system’s own acts are not', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  expect(await actOf('contacts.update')).toMatchObject({
    tenant_id: owner.tenantId,
    user_id: agent.userId,
    entity: 'contact',
    contact_id: world.contactId,
    records: 1,
    before: { company: null },
    after: { company: 'Acme' },
    undoable: true,
    undo: { name: 'contacts.update', input: { id: world.contactId, company: null } },
    undone_at: null,
  });
  const actions = await stack.rows<{ action: string }>(
    `select distinct action from acts where tenant_id = $1`,
    owner.tenantId,
  );
  expect(actions.filter(({ action }) => action.startsWith('auth.'))).toEqual([]);
});

test('an edit is taken back, and taking that back does it again', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  const edit = await actOf('contacts.update');
  expect(await undo(agent, edit.id)).toMatchObject([{ status: 'accepted' }]);
  expect((await contact()).company).toBeNull();
  expect((await actOf('contacts.update')).id).not.toBe(edit.id);
  expect(await undo(agent, edit.id)).toMatchObject([
    { status: 'refused', code: 'conflict', details: { reason: 'undone' } },
  ]);
  expect(await undo(agent, (await actOf('contacts.update')).id)).toMatchObject([{ status: 'accepted' }]);
  expect((await contact()).company).toBe('Acme');
  const [first] = await stack.rows<ActRow>('select * from acts where id = $1', edit.id);
  expect(first?.undone_at).toBeNull();
});

test('a field that somebody changed since is not taken back unless that is meant', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  const edit = await actOf('contacts.update');
  await other.push({ name: 'contacts.update', input: { id: world.contactId, source: 'Fair' } });
  await other.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Zenith' } });
  expect(await undo(agent, edit.id)).toMatchObject([
    {
      status: 'refused',
      code: 'conflict',
      details: { reason: 'changed_since', by: expect.any(String), at: expect.any(Number) },
    },
  ]);
  expect((await contact()).company).toBe('Zenith');
  expect(await undo(agent, edit.id, { anyway: true })).toMatchObject([{ status: 'accepted' }]);
  expect(await contact()).toMatchObject({ company: null, source: 'Fair' });
});

test('an agent takes back their own acts only, a manager anybody’s of the team, nobody another team’s', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  const { id } = await actOf('contacts.update');
  expect(await undo(other, id)).toMatchObject([{ status: 'refused', code: 'not_found' }]);
  expect(await undo(await stack.signUp(), id)).toMatchObject([{ status: 'refused', code: 'not_found' }]);
  expect(await undo(owner, id)).toMatchObject([{ status: 'accepted' }]);
});

test('a manager does not take back what only an administrator does, nor does one who was an administrator', async () => {
  const manager = await stack.join(owner, 'MANAGER');
  const admin = await stack.join(owner, 'ADMIN');
  await admin.push({ name: 'workspace.update', input: { senderName: `Desk ${randomUUID()}` } });
  const { id } = await actOf('workspace.update', null);
  const refused = [{ status: 'refused', code: 'forbidden', details: { needed: 'ADMIN' } }];
  expect(await undo(manager, id)).toMatchObject(refused);
  expect(await undo(owner, id)).toMatchObject([{ status: 'accepted' }]);
  const [undone] = await stack.rows<{ id: string }>('select id from audit_log where undoes = $1', id);
  expect(await undo(manager, String(undone?.id))).toMatchObject(refused);
  await admin.push({ name: 'workspace.update', input: { senderName: `Desk ${randomUUID()}` } });
  const own = await actOf('workspace.update', null);
  await owner.call('PUT', `/members/${admin.userId}/role`, { role: 'AGENT' });
  await expect.poll(async () => (await admin.call('GET', '/activity')).status, { timeout: 3_000 }).toBe(403);
  expect(await undo(admin, own.id)).toMatchObject(refused);
});

test('an agent takes back that their own new contact was taken back', async () => {
  const id = randomUUID();
  await agent.push({ name: 'contacts.create', input: { id, firstName: 'Made by mistake' } });
  expect(await undo(agent, (await actOf('contacts.create', id)).id)).toMatchObject([{ status: 'accepted' }]);
  expect(await undo(agent, (await actOf('contacts.delete', id)).id)).toMatchObject([{ status: 'accepted' }]);
  expect((await owner.call('GET', `/contacts/${id}`)).status).toBe(200);
});

test('a deleted contact comes back with everything that hung on it, as it was', async () => {
  const hanging = () =>
    Promise.all(
      ['contacts', 'contact_tags', 'notes', 'conversations', 'messages'].map((table) =>
        stack.rows(
          `select * from ${table} where ${table === 'contacts' ? 'id' : 'contact_id'} = $1 order by id`,
          world.contactId,
        ),
      ),
    );
  const before = await hanging();
  expect(before.map((rows) => rows.length)).toEqual([1, 1, 1, 1, 1]);
  await owner.push({ name: 'contacts.delete', input: { id: world.contactId } });
  expect((await hanging()).flat()).toEqual([]);
  expect(await undo(owner, (await actOf('contacts.delete')).id)).toMatchObject([{ status: 'accepted' }]);
  expect(await hanging()).toEqual(before);
  expect(await stack.rows('select from trash where contact_id = $1', world.contactId)).toEqual([]);
});

test('with a deleted contact comes back what automations did to it, and who it is not', async () => {
  const [id, otherId] = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'contacts.create', input: { id, firstName: 'Ada' } },
    { name: 'contacts.create', input: { id: otherId, firstName: 'Ada' } },
    { name: 'contacts.notDuplicates', input: { a: id, b: otherId } },
  );
  await stack.rows(
    `insert into status_firings (tenant_id, automation_id, automation_name, contact_id, at, outcome, to_status)
     values ($1, gen_random_uuid(), 'Follow up', $2, now(), 'moved', 'contacted')`,
    owner.tenantId,
    id,
  );
  for (const contactIds of [[id], [id, otherId]]) {
    await owner.push({ name: 'contacts.deleteMany', input: { contactIds } });
    const [act] = await stack.rows<{ id: string }>(
      `select id from acts where action = 'contacts.deleteMany' order by at desc, id desc limit 1`,
    );
    expect(await undo(owner, act?.id ?? '')).toMatchObject([{ status: 'accepted' }]);
    expect(await stack.rows('select from status_firings where contact_id = $1', id)).toHaveLength(1);
    expect(await stack.rows('select from not_duplicates where $1 in (a, b)', otherId)).toHaveLength(1);
  }
});

test('a deleted task comes back though its conversation is gone since', async () => {
  const id = randomUUID();
  const [conversation] = await stack.rows<{ id: string }>(
    'select id from conversations where contact_id = $1',
    world.contactId,
  );
  await agent.push(
    { name: 'tasks.create', input: { id, title: 'Call back', conversationId: conversation?.id } },
    { name: 'tasks.delete', input: { id } },
  );
  const { id: actId } = await actOf('tasks.delete', id);
  await owner.push({ name: 'contacts.delete', input: { id: world.contactId } });
  expect(await undo(agent, actId)).toMatchObject([{ status: 'accepted' }]);
  expect((await owner.call('GET', `/tasks/${id}`)).body.data).toMatchObject({
    title: 'Call back',
    conversationId: null,
  });
});

test('a contact that was made is deleted again, unless something has happened with it', async () => {
  const [lone, written] = [randomUUID(), randomUUID()];
  await agent.push(
    { name: 'contacts.create', input: { id: lone, firstName: 'Lone' } },
    { name: 'contacts.create', input: { id: written, firstName: 'Written' } },
    { name: 'notes.add', input: { contactId: written, body: 'about them' } },
  );
  expect(await undo(agent, (await actOf('contacts.create', lone)).id)).toMatchObject([{ status: 'accepted' }]);
  expect(await stack.rows('select from contacts where id = $1', lone)).toEqual([]);
  expect(await undo(agent, (await actOf('contacts.create', written)).id)).toMatchObject([
    { status: 'refused', details: { reason: 'changed_since' } },
  ]);
});

test('taking back a bulk tag takes it off those who got it by this act and no others', async () => {
  const ids = Array.from({ length: 300 }, () => randomUUID());
  await owner.push(
    ...ids.slice(0, 40).map((id, i) => ({
      name: 'contacts.create',
      input: { id, firstName: `P${i}`, ...(i < 10 && { tags: ['fair'] }) },
    })),
  );
  const some = ids.slice(0, 40);
  await owner.push({ name: 'contacts.addTags', input: { contactIds: some, tags: ['fair'] } });
  const tagged = await actOf('contacts.addTags', null);
  expect(tagged).toMatchObject({ records: 40, undoable: true });
  expect(await undo(owner, tagged.id)).toMatchObject([{ status: 'accepted' }]);
  const tagId = tagIdOf(owner.tenantId, 'fair');
  const left = await stack.rows<{ id: string }>('select id from contact_tags where tag_id = $1 order by id', tagId);
  expect(left.map(({ id }) => id)).toEqual(
    some
      .slice(0, 10)
      .map((id) => contactTagIdOf(id, tagId))
      .toSorted(),
  );
  await owner.push({ name: 'contacts.removeTags', input: { contactIds: some, tags: ['fair'] } });
  expect(await undo(owner, (await actOf('contacts.removeTags', null)).id)).toMatchObject([{ status: 'accepted' }]);
  const again = await stack.rows<{ id: string }>('select id from contact_tags where tag_id = $1 order by id', tagId);
  expect(again).toEqual(left);
});

test('a closed conversation opens again with who was waiting', async () => {
  await stack.rows(
    `update conversations set waiting_since = '2026-01-02T03:04:05Z' where id = $1`,
    world.conversationId,
  );
  await agent.push({ name: 'conversations.setStatus', input: { id: world.conversationId, status: 'CLOSED' } });
  expect(await undo(agent, (await actOf('conversations.setStatus', world.conversationId)).id)).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(
    await stack.rows('select status, waiting_since from conversations where id = $1', world.conversationId),
  ).toEqual([{ status: 'OPEN', waiting_since: new Date('2026-01-02T03:04:05Z') }]);
});

test('a sent text cannot be taken back, and after 30 days nothing can', async () => {
  expect(await undo(owner, (await actOf('messages.send', world.messageId)).id)).toMatchObject([
    { status: 'refused', code: 'not_allowed_now' },
  ]);
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  const { id } = await actOf('contacts.update');
  await stack.rows(`begin; set local switchboard.audit_change = 'retention';
    update audit_log set at = now() - interval '31 days' where id = '${id}'; commit`);
  expect(await undo(agent, id)).toMatchObject([{ status: 'refused', code: 'not_allowed_now' }]);
});

test('nobody changes or deletes a row of the audit log', async () => {
  await expect(stack.rows(`update audit_log set action = 'x' where tenant_id = $1`, owner.tenantId)).rejects.toThrow(
    'append-only',
  );
  await expect(stack.rows(`delete from audit_log where tenant_id = $1`, owner.tenantId)).rejects.toThrow('append-only');
});

test('one trace runs from a pushed write through its audit row to the job it caused', async () => {
  const writeId = randomUUID();
  await owner.push({ writeId, name: 'messages.send', input: { contactId: world.contactId, body: 'traced' } });
  const trace = writeId.replaceAll('-', '');
  expect(await stack.rows('select action from audit_log where trace_id = $1', trace)).toEqual([
    { action: 'messages.send' },
  ]);
  expect(await stack.rows(`select name from pgboss.job where data ->> 'traceId' = $1`, trace)).toEqual([
    { name: 'messages.deliver' },
  ]);
});

test('a request answers its trace, its own where it brought one', async () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  const url = `${stack.url}/api/contacts`;
  const given = await fetch(url, {
    method: 'POST',
    headers: { ...owner.headers, 'content-type': 'application/json', traceparent: `00-${id}-00f067aa0ba902b7-01` },
    body: '{"firstName":"T"}',
  });
  expect(given.headers.get('x-trace-id')).toBe(id);
  expect(await stack.rows('select action from audit_log where trace_id = $1', id)).toEqual([
    { action: 'contacts.create' },
  ]);
  const odd = await fetch(url, { headers: { ...owner.headers, traceparent: '00-zz-1-1' } });
  expect(odd.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
});

test('managers read the whole log, filtered and paged; agents do not', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  const { status, body } = await owner.call('GET', `/activity?entity=contact&entityId=${world.contactId}&limit=2`);
  expect([status, body.total, body.data?.length]).toEqual([200, 5, 2]);
  expect(body.data?.[0]).toMatchObject({ action: 'contacts.update', userId: agent.userId, after: { company: 'Acme' } });
  expect((await agent.call('GET', '/activity')).status).toBe(403);
});

test('a search of the log looks for what was typed, not for a pattern', async () => {
  await agent.push({ name: 'contacts.update', input: { id: world.contactId, company: 'Acme' } });
  expect((await owner.call('GET', '/activity?search=contacts.up')).body.total).toBeGreaterThan(0);
  expect((await owner.call('GET', '/activity?search=contacts%25up')).body.total).toBe(0);
});

test('what administrators do to members is told without what it says', async () => {
  const { body } = await owner.call('POST', '/members/invitations', {
    email: `${randomUUID()}@test.example`,
    role: 'AGENT',
    sendMail: false,
  });
  const rows = await stack.rows<{ before: unknown; after: unknown }>(
    `select before, after from acts where action = 'members.invite' and entity_id = $1`,
    body.data.id,
  );
  expect(rows).toEqual([{ before: null, after: null }]);
});
