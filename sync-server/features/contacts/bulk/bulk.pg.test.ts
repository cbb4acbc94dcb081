import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let stages: { id: string; pipeline_id: string }[];
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  stages = await stack.rows(
    'select id, pipeline_id from stages where tenant_id = $1 order by display_order',
    owner.tenantId,
  );
});
afterAll(() => stack.close());

const make = async (...fields: object[]): Promise<string[]> => {
  const ids = fields.map(() => randomUUID());
  await owner.push(
    ...fields.map((one, i) => ({ name: 'contacts.create', input: { id: ids[i], company: 'Acme', ...one } })),
  );
  return ids;
};
const read = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data;
const actsOf = (action: string) =>
  stack.rows<{ id: string; unit: string; records: number; undone_at: Date | null }>(
    'select id, unit, records, undone_at from acts where tenant_id = $1 and action = $2 order by at, id',
    owner.tenantId,
    action,
  );
const accepted = { status: 'accepted' };

test('each bulk act changes who exists and is not as wished, passes the others over, and says in history why', async () => {
  const [a = '', b = ''] = await make({ firstName: 'A' }, { firstName: 'B', leadScore: 70 });
  const theirs = randomUUID();
  const stranger = await stack.signUp();
  await stranger.push({ name: 'contacts.create', input: { id: theirs, firstName: 'Theirs' } });
  const contactIds = [a, b, theirs, randomUUID()];
  const stage = stages[1];
  const reply = await owner.call('POST', '/contacts/stage', { contactIds, stageId: stage?.id, note: 'They called' });
  expect(reply.body.data).toEqual({ changed: 2 });
  await owner.push(
    { name: 'contacts.setStatus', input: { contactIds, leadStatus: 'Contact made' } },
    { name: 'contacts.setScore', input: { contactIds, leadScore: 70 } },
    { name: 'contacts.assign', input: { contactIds, ownerId: agent.userId } },
  );
  const wished = {
    stageId: stage?.id,
    pipelineId: stage?.pipeline_id,
    leadStatus: 'contact_made',
    leadScore: 70,
    ownerId: agent.userId,
  };
  expect(await read(a)).toMatchObject({ ...wished, stageEnteredAt: expect.any(Number) });
  expect(await read(b)).toMatchObject(wished);
  const changes = await stack.rows(
    `select field, before, after, note, user_id, act_id is not null as "byAct" from contact_changes where contact_id = $1 order by id`,
    b,
  );
  const by = { user_id: owner.userId, byAct: true };
  expect(changes).toEqual([
    { field: 'stageId', before: null, after: stage?.id, note: 'They called', ...by },
    { field: 'leadStatus', before: null, after: 'contact_made', note: null, ...by },
    { field: 'ownerId', before: null, after: agent.userId, note: null, ...by },
  ]);
  expect((await stranger.call('GET', `/contacts/${theirs}`)).body.data).toMatchObject({ stageId: null, ownerId: null });
});

test('owner, stage and status must be of the workspace, and a status in use', async () => {
  const contactIds = await make({ firstName: 'A' });
  const stranger = await stack.signUp();
  const [foreign] = await stack.rows<{ id: string }>('select id from stages where tenant_id = $1', stranger.tenantId);
  await stack.rows(`update lead_statuses set is_active = false where tenant_id = $1 and key = 'lost'`, owner.tenantId);
  expect(
    await owner.push(
      { name: 'contacts.moveToStage', input: { contactIds, stageId: foreign?.id } },
      { name: 'contacts.assign', input: { contactIds, ownerId: stranger.userId } },
      { name: 'contacts.setStatus', input: { contactIds, leadStatus: 'nobody made this' } },
      { name: 'contacts.setStatus', input: { contactIds, leadStatus: 'lost' } },
      { name: 'contacts.setScore', input: { contactIds: [randomUUID()], leadScore: 1 } },
    ),
  ).toMatchObject([
    { code: 'not_found' },
    { code: 'invalid_input' },
    { code: 'invalid_input' },
    { code: 'invalid_input' },
    { code: 'not_found' },
  ]);
});

test('one undo gives each contact what it had, and leaves what somebody changed since; undoing that does it again', async () => {
  const contactIds = await make({ leadScore: 10 }, { leadScore: 20 }, { leadScore: 30 });
  const [a = '', b = '', c = ''] = contactIds;
  await owner.push({ name: 'contacts.setScore', input: { contactIds, leadScore: 99 } });
  await agent.push({ name: 'contacts.update', input: { id: b, leadScore: 50 } });
  const act = (await actsOf('contacts.setScore')).at(-1);
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([accepted]);
  const scores = async () => [(await read(a)).leadScore, (await read(b)).leadScore, (await read(c)).leadScore];
  expect(await scores()).toEqual([10, 50, 30]);
  const back = (await actsOf('contacts.revert')).at(-1);
  expect(back?.records).toBe(2);
  expect(await owner.push({ name: 'activity.undo', input: { id: back?.id } })).toMatchObject([accepted]);
  expect(await scores()).toEqual([99, 50, 99]);
});

test('a stage that is gone does not come back; who was moved from there stays where they are', async () => {
  const pipeline = randomUUID();
  const gone = randomUUID();
  await stack.rows(
    `insert into pipelines (id, tenant_id, name, display_order, created_at, updated_at) values ($1, $2, 'P', 9, now(), now())`,
    pipeline,
    owner.tenantId,
  );
  await stack.rows(
    `insert into stages (id, tenant_id, pipeline_id, name, display_order, probability, created_at, updated_at)
     values ($1, $2, $3, 'Gone', 0, 0, now(), now())`,
    gone,
    owner.tenantId,
    pipeline,
  );
  const contactIds = await make({ firstName: 'A' }, { firstName: 'B' });
  const [a = '', b = ''] = contactIds;
  await owner.push({ name: 'contacts.moveToStage', input: { contactIds: [a], stageId: gone } });
  await owner.push({ name: 'contacts.moveToStage', input: { contactIds, stageId: stages[0]?.id } });
  const act = (await actsOf('contacts.moveToStage')).at(-1);
  await stack.rows('delete from stages where id = $1', gone);
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([accepted]);
  expect((await read(a)).stageId).toBe(stages[0]?.id);
  expect(await read(b)).toMatchObject({ stageId: null, pipelineId: null, stageEnteredAt: null });
});

test('slices of one act are one act: one row in the activity with the sum of records, and one undo of all', async () => {
  const all = await make(...Array.from({ length: 6 }, (_, i) => ({ leadScore: i })));
  const unit = randomUUID();
  await owner.push(
    { name: 'contacts.addTags', input: { contactIds: all.slice(0, 3), tags: ['sliced'] }, unit },
    { name: 'contacts.addTags', input: { contactIds: all.slice(3), tags: ['sliced'] }, unit },
  );
  const acts = (await actsOf('contacts.addTags')).filter((act) => act.unit === unit);
  expect(acts).toHaveLength(2);
  const { body } = await owner.call('GET', '/activity?action=contacts.addTags');
  expect(body).toMatchObject({ total: 1, data: [{ records: 6 }] });
  // By the unit too: the device that did it knows no act yet.
  expect(await owner.push({ name: 'activity.undo', input: { id: unit } })).toMatchObject([accepted]);
  for (const id of all) expect((await read(id)).tags).toEqual([]);
  expect((await actsOf('contacts.addTags')).every(({ undone_at }) => undone_at !== null)).toBe(true);
  const undone = (await actsOf('contacts.removeTags')).at(-1);
  expect(await owner.push({ name: 'activity.undo', input: { id: undone?.id } })).toMatchObject([accepted]);
  for (const id of all) expect((await read(id)).tags).toEqual(['sliced']);
});

test('a slice whose contacts are all gone does not keep the others from being taken back', async () => {
  const all = await make(...Array.from({ length: 4 }, () => ({ firstName: 'Sliced' })));
  const unit = randomUUID();
  await owner.push(
    { name: 'contacts.addTags', input: { contactIds: all.slice(0, 2), tags: ['halved'] }, unit },
    { name: 'contacts.addTags', input: { contactIds: all.slice(2), tags: ['halved'] }, unit },
    { name: 'contacts.deleteMany', input: { contactIds: all.slice(2) } },
  );
  expect(await owner.push({ name: 'activity.undo', input: { id: unit } })).toMatchObject([accepted]);
  for (const id of all.slice(0, 2)) expect((await read(id)).tags).toEqual([]);
});

test('very many slices are taken back by jobs, each once', async () => {
  const all = await make(...Array.from({ length: 6 }, (_, i) => ({ leadScore: i })));
  const unit = randomUUID();
  await owner.push(...all.map((id) => ({ name: 'contacts.deleteMany', input: { contactIds: [id] }, unit }) as never));
  expect((await owner.call('GET', `/contacts/${all[0]}`)).status).toBe(404);
  expect(await owner.push({ name: 'activity.undo', input: { id: unit } })).toMatchObject([accepted]);
  const there = () =>
    stack.rows('select lead_score as score from contacts where id = any($1) order by lead_score', all);
  await expect.poll(there, { timeout: 15_000 }).toHaveLength(6);
  expect(await owner.push({ name: 'activity.undo', input: { id: unit } })).toMatchObject([{ code: 'conflict' }]);
});

test('an undo that jobs go on with is not undone in between, and a slice whose job was cancelled counts as done', async () => {
  // Without the roles of a worker nobody takes the jobs up.
  const idle = await startTestStack();
  const person = await idle.signUp();
  const [all, unit, undo] = [Array.from({ length: 6 }, () => randomUUID()), randomUUID(), randomUUID()];
  await person.push(...all.map((id) => ({ name: 'contacts.create', input: { id, firstName: 'A' } })));
  await person.push(
    ...all.map((id) => ({ name: 'contacts.setScore', input: { contactIds: [id], leadScore: 7 }, unit })),
  );
  const [taken] = await person.push({ name: 'activity.undo', input: { id: unit }, writeId: undo });
  expect(taken).toMatchObject(accepted);
  expect(await person.push({ name: 'activity.undo', input: { id: undo } })).toMatchObject([
    { code: 'not_allowed_now', details: { reason: 'under_way' } },
  ]);
  const jobs = await idle.rows<{ id: string; act: string }>(
    `select id, data ->> 'actId' as act from pgboss.job where name = 'activity.undoSlice'`,
  );
  expect(jobs).toHaveLength(6);
  expect((await person.call('POST', `/jobs/${jobs[0]?.id}/cancel`)).status).toBe(200);
  expect(await idle.rows('select id from acts where undone_at is null and unit = $1', unit)).toEqual([
    { id: jobs[0]?.act },
  ]);
  await idle.close();
});

test('many are deleted at once and come back with all they had, and nobody’s history grows by it', async () => {
  const contactIds = await make({ firstName: 'A', tags: ['kept'] }, { firstName: 'B' });
  const [a = ''] = contactIds;
  await owner.push(
    { name: 'contacts.update', input: { id: a, company: 'Acme' } },
    { name: 'consents.record', input: { contactId: a, purpose: 'marketing', kind: 'form', source: 'Page' } },
    { name: 'contacts.moveToStage', input: { contactIds, stageId: stages[2]?.id } },
  );
  const before = await read(a);
  const past = await owner.call('GET', `/contacts/${a}/history`);
  expect(await agent.push({ name: 'contacts.deleteMany', input: { contactIds } })).toMatchObject([
    { code: 'forbidden' },
  ]);
  expect((await owner.call('POST', '/contacts/delete', { contactIds })).body.data).toEqual({ changed: 2 });
  const act = (await actsOf('contacts.deleteMany')).at(-1);
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([accepted]);
  expect(await read(a)).toEqual(before);
  expect((await owner.call('GET', `/contacts/${a}/history`)).body.data).toEqual(past.body.data);
});

test('other systems change tags, move and act on many by their own words', async () => {
  const contactIds = await make({ firstName: 'A' }, { firstName: 'B' });
  const [a = '', b = ''] = contactIds;
  const post = async (path: string, body: object, who = owner) => {
    const reply = await who.call('POST', path, body);
    return reply.body.data ?? reply.body.error?.code;
  };
  expect(await post(`/contacts/${a}/tags`, { action: 'add', tags: ['x', 'y'] })).toEqual({ changed: 2 });
  expect(await post(`/contacts/${a}/tags`, { action: 'remove', tags: ['x'] })).toEqual({ changed: 1 });
  expect(await post(`/contacts/${a}/move`, { stageId: stages[3]?.id, notes: 'Asked' })).toEqual({ changed: 1 });
  expect(await read(a)).toMatchObject({ tags: ['y'], stageId: stages[3]?.id });
  const bulk = (action: string, data: object, who = owner) => post('/contacts/bulk', { action, contactIds, data }, who);
  expect(await bulk('addTags', { tags: ['z'] })).toEqual({ changed: 2 });
  expect(await bulk('removeTags', { tags: ['y'] })).toEqual({ changed: 1 });
  expect(await bulk('moveToStage', { stageId: stages[0]?.id })).toEqual({ changed: 2 });
  expect(await bulk('updateLeadScore', { leadScore: 5 })).toEqual({ changed: 2 });
  expect(await bulk('updateLeadStatus', { leadStatus: 'SOLD' })).toEqual({ changed: 2 });
  expect(await bulk('assignOwner', { ownerId: null })).toEqual({ changed: 0 });
  expect(await bulk('moveToStage', {})).toBe('invalid_input');
  expect(await read(b)).toMatchObject({ tags: ['z'], stageId: stages[0]?.id, leadScore: 5, leadStatus: 'sold' });
  expect(await post(`/crm/contacts/${b}/interactions`, { body: 'Talked about the roof' })).toEqual({
    id: expect.any(String),
  });
  expect(await stack.rows('select body from notes where contact_id = $1', b)).toEqual([
    { body: 'Talked about the roof' },
  ]);
  expect(await bulk('delete', {}, agent)).toBe('forbidden');
  expect(await bulk('delete', {})).toEqual({ changed: 2 });
});
