import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let pipelineId: string;
let stageIds: string[];

beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  owner = await stack.signUp();
  pipelineId = randomUUID();
  stageIds = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'pipelines.create', input: { id: pipelineId, name: 'Renewals', displayOrder: 1 } },
    ...stageIds.map((id, i) => ({
      name: 'stages.create',
      input: { id, pipelineId, name: `Stage ${i}`, displayOrder: i, probability: 50 * i },
    })),
  );
});

const pipeline = async (id = pipelineId) => (await owner.call('GET', `/pipelines/${id}`)).body.data;
const undo = async (action: string) => {
  const [act] = await stack.rows<{ id: string }>(
    'select id from acts where tenant_id = $1 and action = $2 order by at desc, id desc limit 1',
    owner.tenantId,
    action,
  );
  return owner.push({ name: 'activity.undo', input: { id: act?.id } });
};
/** Contacts in a stage, as the verb that moves them leaves them. */
const standIn = async (stageId: string, cents: (number | null)[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const estimatedRevenueCents of cents) {
    const id = randomUUID();
    ids.push(id);
    await owner.push({ name: 'contacts.create', input: { id, firstName: 'Ada', estimatedRevenueCents } });
  }
  await stack.rows(
    `update contacts c set stage_id = s.id, pipeline_id = s.pipeline_id from stages s where s.id = $1 and c.id = any($2)`,
    stageId,
    ids,
  );
  return ids;
};
const placeOf = async (id: string) =>
  (
    await stack.rows<{ stage: string | null; pipeline: string | null }>(
      'select stage_id as stage, pipeline_id as pipeline from contacts where id = $1',
      id,
    )
  )[0];

test('a pipeline lists its stages in their order, with who stands there and what they are worth', async () => {
  await standIn(stageIds[1] ?? '', [100_000, 250_050, null]);
  const stage = (i: number, contacts: number, valueCents: number) => ({
    id: stageIds[i],
    pipelineId,
    name: `Stage ${i}`,
    displayOrder: i,
    probability: 50 * i,
    color: null,
    contacts,
    valueCents,
  });
  const expected = {
    id: pipelineId,
    name: 'Renewals',
    displayOrder: 1,
    stages: [stage(0, 0, 0), stage(1, 3, 350_050)],
  };
  expect(await pipeline()).toEqual(expected);
  const { body } = await owner.call('GET', '/pipelines');
  expect([body.total, body.data[0].name, body.data[1]]).toEqual([2, 'Sales', expected]);
});

test('a pipeline in which contacts stand is deleted only when that is said, and comes back with all of it', async () => {
  const [contact = ''] = await standIn(stageIds[0] ?? '', [1]);
  const before = await pipeline();
  const refused = await owner.call('DELETE', `/pipelines/${pipelineId}`);
  expect([refused.status, refused.body.error?.details]).toEqual([409, { contacts: 1 }]);
  expect((await owner.call('DELETE', `/pipelines/${pipelineId}?anyway=true`)).status).toBe(200);
  expect(await placeOf(contact)).toEqual({ stage: null, pipeline: null });
  expect((await owner.call('GET', `/pipelines/${pipelineId}`)).status).toBe(404);
  expect(await undo('pipelines.delete')).toMatchObject([{ status: 'accepted' }]);
  expect(await pipeline()).toEqual(before);
  expect(await placeOf(contact)).toEqual({ stage: stageIds[0], pipeline: pipelineId });
  expect(
    await stack.rows('select field, before, after from contact_changes where contact_id = $1 order by id', contact),
  ).toEqual([
    { field: 'stageId', before: null, after: stageIds[0] },
    { field: 'stageId', before: stageIds[0], after: null },
    { field: 'stageId', before: null, after: stageIds[0] },
  ]);
});

test('a stage that is deleted hands its contacts to another one, and gets back those that are there still', async () => {
  const [first = '', second = ''] = stageIds;
  const [stays = '', goes = ''] = await standIn(first, [1, 2]);
  expect(await owner.push({ name: 'stages.delete', input: { id: first, moveTo: second } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect([await placeOf(stays), await placeOf(goes)]).toEqual(
    Array.from({ length: 2 }, () => ({ stage: second, pipeline: pipelineId })),
  );
  await stack.rows('update contacts set stage_id = null, pipeline_id = null where id = $1', goes);
  expect(await undo('stages.delete')).toMatchObject([{ status: 'accepted' }]);
  expect([await placeOf(stays), await placeOf(goes)]).toEqual([
    { stage: first, pipeline: pipelineId },
    { stage: null, pipeline: null },
  ]);
});

test('contacts of a deleted stage leave the pipeline when no other one is said, and no stage of strangers takes them', async () => {
  const [first = '', second = ''] = stageIds;
  const [contact = ''] = await standIn(first, [1]);
  const stranger = await stack.signUp();
  const [theirs] = await stack.rows<{ id: string }>('select id from stages where tenant_id = $1', stranger.tenantId);
  expect(
    await owner.push(
      { name: 'stages.delete', input: { id: first, moveTo: theirs?.id } },
      { name: 'stages.delete', input: { id: first, moveTo: first.toUpperCase() } },
      { name: 'stages.delete', input: { id: first } },
    ),
  ).toMatchObject([{ code: 'not_found' }, { code: 'invalid_input' }, { status: 'accepted' }]);
  expect(await placeOf(contact)).toEqual({ stage: null, pipeline: null });
  expect((await pipeline()).stages.map(({ id }: { id: string }) => id)).toEqual([second]);
});

test('a stage that moves to another pipeline takes its contacts along, there and back', async () => {
  const [first = ''] = stageIds;
  const [contact = ''] = await standIn(first, [1]);
  const other = randomUUID();
  const fields = { name: 'Stage 0', displayOrder: 0, probability: 10, color: '#3b6fd4' };
  expect(
    await owner.push(
      { name: 'pipelines.create', input: { id: other, name: 'Other' } },
      { name: 'stages.update', input: { id: first, ...fields, pipelineId: other } },
    ),
  ).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
  expect(await placeOf(contact)).toEqual({ stage: first, pipeline: other });
  expect(await undo('stages.update')).toMatchObject([{ status: 'accepted' }]);
  expect(await placeOf(contact)).toEqual({ stage: first, pipeline: pipelineId });
  expect(
    await owner.push({ name: 'stages.update', input: { id: first, ...fields, pipelineId: randomUUID() } }),
  ).toMatchObject([{ code: 'not_found' }]);
});

test('making and renaming are taken back', async () => {
  await owner.push({ name: 'pipelines.update', input: { id: pipelineId, name: 'Churn', displayOrder: 3 } });
  expect(await undo('pipelines.update')).toMatchObject([{ status: 'accepted' }]);
  expect(await pipeline()).toMatchObject({ name: 'Renewals', displayOrder: 1 });
  expect(await undo('stages.create')).toMatchObject([{ status: 'accepted' }]);
  expect((await pipeline()).stages).toHaveLength(1);
});
