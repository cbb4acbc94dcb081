import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let stranger: Person;
let taskId: string;
let contactId: string;

beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  stranger = await stack.signUp();
});
afterAll(() => stack.close());
beforeEach(async () => {
  taskId = randomUUID();
  contactId = randomUUID();
  await owner.push(
    { name: 'contacts.create', input: { id: contactId, firstName: 'Wanda' } },
    { name: 'tasks.create', input: { id: taskId, title: 'Call Wanda', contactId } },
  );
});

const task = async () => (await owner.call('GET', `/tasks/${taskId}`)).body.data;
const noticesOf = ({ userId }: Person) =>
  stack.rows<{ kind: string; status: string; params: unknown }>(
    'select kind, status, params from notifications where user_id = $1 and task_id = $2 order by created_at',
    userId,
    taskId,
  );
test('a task belongs to who made it unless they say whose it is', async () => {
  expect(await task()).toEqual({
    id: taskId,
    title: 'Call Wanda',
    body: null,
    dueAt: null,
    allDay: false,
    remindAt: null,
    ownerId: owner.userId,
    contactId,
    conversationId: null,
    createdById: owner.userId,
    completedAt: null,
    completedById: null,
    createdAt: expect.any(Number),
    updatedAt: expect.any(Number),
  });
  const shared = randomUUID();
  await owner.push({ name: 'tasks.create', input: { id: shared, title: 'Anybody', ownerId: null } });
  expect((await owner.call('GET', `/tasks/${shared}`)).body.data.ownerId).toBeNull();
});

test('neither a contact nor a person of another tenant can be in a task', async () => {
  const [theirs] = [randomUUID()];
  await stranger.push({ name: 'contacts.create', input: { id: theirs, firstName: 'Theirs' } });
  expect(
    await owner.push(
      { name: 'tasks.create', input: { title: 'x', contactId: theirs } },
      { name: 'tasks.update', input: { id: taskId, contactId: theirs } },
      { name: 'tasks.update', input: { id: taskId, ownerId: stranger.userId } },
      { name: 'tasks.create', input: { title: 'x', conversationId: randomUUID() } },
    ),
  ).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }, { code: 'invalid_input' }, { code: 'not_found' }]);
});

test('whoever is given a task is told, and not told again when it only changes', async () => {
  await owner.push({ name: 'tasks.update', input: { id: taskId, ownerId: agent.userId } });
  await owner.push({ name: 'tasks.update', input: { id: taskId, title: 'Call her today' } });
  expect(await noticesOf(agent)).toEqual([
    { kind: 'TASK_ASSIGNED', status: 'UNREAD', params: { title: 'Call Wanda', byId: owner.userId } },
  ]);
  await agent.push({ name: 'tasks.complete', input: { id: taskId } });
  expect(await noticesOf(agent)).toMatchObject([{ status: 'READ' }]);
});

test('completing twice is completing once, and keeps who did it first', async () => {
  await agent.push({ name: 'tasks.complete', input: { id: taskId } });
  const first = await task();
  await owner.push({ name: 'tasks.complete', input: { id: taskId } });
  expect(await task()).toEqual(first);
  expect(first).toMatchObject({ completedById: agent.userId, completedAt: expect.any(Number) });
  await owner.push({ name: 'tasks.reopen', input: { id: taskId } });
  expect(await task()).toMatchObject({ completedById: null, completedAt: null });
});

test('the owner is reminded once at the time; a reminder that was moved or whose task is done stays silent', async () => {
  const soon = Date.now() + 300;
  const done = randomUUID();
  await owner.push(
    { name: 'tasks.update', input: { id: taskId, ownerId: owner.userId, remindAt: soon - 200 } },
    { name: 'tasks.update', input: { id: taskId, remindAt: soon } },
    { name: 'tasks.create', input: { id: done, title: 'Done', remindAt: soon } },
    { name: 'tasks.complete', input: { id: done } },
  );
  const jobs = () =>
    stack.rows<{ state: string }>(
      `select state from pgboss.job where name = 'tasks.remind' and data ->> 'taskId' = any($1)`,
      [taskId, done],
    );
  const completed = { state: 'completed' };
  await expect.poll(jobs, { timeout: 15_000 }).toEqual([completed, completed, completed]);
  expect(await noticesOf(owner)).toEqual([{ kind: 'TASK_DUE', status: 'UNREAD', params: { title: 'Call Wanda' } }]);
  expect(await stack.rows('select from notifications where task_id = $1', done)).toEqual([]);
});

test('a deleted task comes back as it was', async () => {
  const before = await task();
  await owner.push({ name: 'tasks.delete', input: { id: taskId } });
  expect((await owner.call('GET', `/tasks/${taskId}`)).status).toBe(404);
  const [{ id } = { id: '' }] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'tasks.delete' and entity_id = $1`,
    taskId,
  );
  expect(await owner.push({ name: 'activity.undo', input: { id } })).toMatchObject([{ status: 'accepted' }]);
  expect(await task()).toEqual(before);
});

test('tasks are listed by when they are due, those without a time last, filtered by owner, contact and state', async () => {
  const [later, sooner] = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'tasks.create', input: { id: later, title: 'Later', contactId, dueAt: 2_000 } },
    { name: 'tasks.create', input: { id: sooner, title: 'Sooner', contactId, dueAt: 1_000, ownerId: agent.userId } },
  );
  const ids = async (query: string) =>
    (await owner.call('GET', `/tasks?contactId=${contactId}${query}`)).body.data.map(({ id }: { id: string }) => id);
  expect(await ids('')).toEqual([sooner, later, taskId]);
  expect(await ids(`&ownerId=${agent.userId}`)).toEqual([sooner]);
  await owner.push({ name: 'tasks.complete', input: { id: later } });
  expect(await ids('&state=done')).toEqual([later]);
  expect(await ids('&search=soon')).toEqual([sooner]);
});

test('a task goes with its contact', async () => {
  await owner.push({ name: 'contacts.delete', input: { id: contactId } });
  expect((await owner.call('GET', `/tasks/${taskId}`)).status).toBe(404);
});
