import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterToRule } from '../../../../shared/segments/filter-rule.ts';
import { contactFilter } from '../../../../shared/segments/list-operations.ts';
import { must } from '../../../../shared/kernel/must.ts';
import { inTx } from '../../../db/tx.ts';
import { sql } from 'drizzle-orm';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { whereRule } from '../../segments/segment-read-model.ts';

let stack: TestStack;
let owner: Person;
let stageId: string;
const pageId = randomUUID();
const ids = new Map<string, string>();

const PEOPLE = [
  {
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '+14155550100',
    leadScore: 25,
    tags: ['vip', 'uk'],
    hasMessenger: true,
  },
  {
    firstName: 'José',
    lastName: 'Núñez',
    email: 'jose@acme.example',
    leadScore: 26,
    tags: ['vip'],
    hasInstagram: true,
  },
  {
    firstName: 'Grace',
    company: 'Navy',
    leadScore: 51,
    tags: ['uk'],
    hasMessenger: true,
    hasInstagram: true,
    facebookPageId: pageId,
  },
  { firstName: 'Zed', leadStatus: 'sold', estimatedRevenueCents: 100_000, actualRevenueCents: 50_000 },
];

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await stack.rows(
    `insert into facebook_pages (id, tenant_id, meta_page_id, name, created_at, updated_at) values ($1, $2, 'p1', 'Page', now(), now())`,
    pageId,
    owner.tenantId,
  );
  for (const one of PEOPLE) {
    const id = randomUUID();
    ids.set(one.firstName, id);
    expect(await owner.push({ name: 'contacts.create', input: { id, ...one } })).toMatchObject([
      { status: 'accepted' },
    ]);
  }
  const [stage] = await stack.rows<{ id: string }>(
    'select id from stages where tenant_id = $1 order by display_order limit 1',
    owner.tenantId,
  );
  stageId = stage?.id ?? '';
  await owner.push({ name: 'contacts.moveToStage', input: { contactIds: [ids.get('Ada'), ids.get('Zed')], stageId } });
  await stack.rows(`update tenants set timezone = 'Pacific/Auckland' where id = $1`, owner.tenantId);
  // Half past eleven in the evening of the last of March, in Auckland.
  await stack.rows(`update contacts set created_at = '2026-03-31T10:30:00Z' where id = $1`, ids.get('Grace'));
});
afterAll(() => stack.close());

const names = async (query: string): Promise<string[]> => {
  const { status, body } = await owner.call('GET', `/contacts?${query}`);
  expect(status).toBe(200);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ firstName }: { firstName: string }) => firstName);
};

test.each([
  ['', ['Ada', 'Grace', 'José', 'Zed']],
  ['search=nunez', ['José']],
  ['search=%2B1 (415) 555-0100', ['Ada']],
  ['search=lovelace ada', ['Ada']],
  ['dateFrom=2026-03-31&dateTo=2026-03-31', ['Grace']],
  ['dateTo=2026-03-30', []],
  ['dateFrom=2026-04-01', ['Ada', 'José', 'Zed']],
  ['platform=both', ['Grace']],
  ['platform=messenger', ['Ada', 'Grace']],
  ['platform=all', ['Ada', 'Grace', 'José', 'Zed']],
  ['minScore=26', ['Grace', 'José']],
  ['maxScore=25', ['Ada']],
  ['minScore=26&maxScore=26', ['José']],
  ['scoreRange=warm', ['José']],
  ['scoreRange=hot', ['Grace']],
  ['tags=VIP,uk', ['Ada']],
  ['tags=vip,uk&tagMode=any', ['Ada', 'Grace', 'José']],
  ['tags=vip,uk&tagMode=none', ['Zed']],
  ['leadStatus=SOLD', ['Zed']],
  ['platform=messenger&tags=uk&minScore=26', ['Grace']],
  ['sortBy=score&sortOrder=desc', ['Grace', 'José', 'Ada', 'Zed']],
  ['sortBy=date', ['Grace', 'Ada', 'José', 'Zed']],
  ['sortBy=value&sortOrder=desc&minScore=0', ['Ada', 'Grace', 'José']],
  [`rule=${JSON.stringify({ not: { field: 'tags', op: 'any', names: ['uk'] } })}`, ['José', 'Zed']],
])('the list with %s', async (query, expected) => {
  const found = await names(query);
  // Without a value they have no order but their ids.
  expect(/sortBy=(date|value)/.test(query) ? found.toSorted() : found).toEqual(
    /sortBy=(date|value)/.test(query) ? expected.toSorted() : expected,
  );
});

test('page and stage filter by id, every sort answers, and what makes no sense is refused in words', async () => {
  expect(await names(`pageId=${pageId}`)).toEqual(['Grace']);
  expect(await names(`stageId=${stageId}`)).toEqual(['Ada', 'Zed']);
  for (const sort of [
    'name',
    'score',
    'createdAt',
    'lastInteractionAt',
    'company',
    'status',
    'stage',
    'sentiment',
    'value',
    'stageEnteredAt',
    'lastInboundAt',
    'date',
  ])
    for (const order of ['asc', 'desc']) expect(await names(`sortBy=${sort}&sortOrder=${order}`)).toHaveLength(4);
  for (const query of ['rule={"all":[{"field":"nothing"}]}', 'dateFrom=yesterday', 'minScore=101', 'platform=fax'])
    expect((await owner.call('GET', `/contacts?${query}`)).status).toBe(400);
});

test('the ids and the count are of the same contacts as the list, whatever its page', async () => {
  const { body } = await owner.call('GET', '/contacts/ids?platform=messenger');
  expect(body).toEqual({ data: ['Ada', 'Grace'].map((name) => ids.get(name) ?? '').toSorted(), total: 2 });
  expect((await owner.call('GET', '/crm/contacts/total-count?platform=messenger')).body.data).toEqual({
    totalCount: 2,
  });
});

test('a segment stands for whom it means, inside a rule too; one that is gone means nobody', async () => {
  const [dynamic, still] = [randomUUID(), randomUUID()];
  const insert = (id: string, kind: string, rule: object) =>
    stack.rows(
      `insert into segments (id, tenant_id, name, kind, rule, created_at, updated_at) values ($1, $2, 'S', $3, $4, now(), now())`,
      id,
      owner.tenantId,
      kind,
      JSON.stringify(rule),
    );
  await insert(dynamic, 'dynamic', { field: 'tags', op: 'any', names: ['vip'] });
  await insert(still, 'static', { all: [] });
  await stack.rows(
    `insert into group_members (id, tenant_id, contact_id, group_id, created_at) values ($1, $2, $3, $4, now())`,
    randomUUID(),
    owner.tenantId,
    ids.get('Zed'),
    still,
  );
  expect(await names(`segmentId=${dynamic}`)).toEqual(['Ada', 'José']);
  expect(await names(`segmentId=${still}`)).toEqual(['Zed']);
  expect(await names(`segmentId=${dynamic}&minScore=26`)).toEqual(['José']);
  expect(await names(`segmentId=${randomUUID()}`)).toEqual([]);
  const stranger = await stack.signUp();
  expect((await stranger.call('GET', `/contacts?segmentId=${dynamic}`)).body.total).toBe(0);
});

test('the dashboard counts what the lists count, stage by stage and status by status', async () => {
  const { body } = await owner.call('GET', '/crm/dashboard-stats');
  const zero = { contacts: 0, valueCents: 0 };
  expect(body.data).toMatchObject({
    contacts: 4,
    newLeads: 3,
    activeCustomers: 1,
    emergencies: 0,
    estimatedRevenueCents: 100_000,
    actualRevenueCents: 50_000,
    pipelineValueCents: 100_000,
  });
  expect(body.data.stages[0]).toMatchObject({
    stageId,
    name: 'New lead',
    pipelineName: 'Sales',
    contacts: 2,
    valueCents: 100_000,
  });
  expect(body.data.stages[1]).toMatchObject({ name: 'Contacted', ...zero });
  expect(body.data.statuses.filter(({ contacts }: { contacts: number }) => contacts > 0)).toEqual([
    { key: 'sold', name: 'Sold', contacts: 1, valueCents: 100_000 },
    { key: null, name: 'None', contacts: 3, valueCents: 0 },
  ]);
  expect((await (await stack.signUp()).call('GET', '/dashboard-stats')).body.data).toMatchObject({
    contacts: 0,
    estimatedRevenueCents: 0,
  });
});

test('a contact’s conversations are those of the inbox, with how many messages they have', async () => {
  const id = must(ids.get('Ada'), 'Ada');
  const conversationId = randomUUID();
  await stack.rows(
    `insert into conversations (id, tenant_id, contact_id, channel, status, last_message_at, last_message_preview, created_at, updated_at)
     values ($1, $2, $3, 'sms', 'OPEN', now(), 'Hello', now(), now())`,
    conversationId,
    owner.tenantId,
    id,
  );
  await stack.rows(
    `insert into messages (id, tenant_id, conversation_id, contact_id, channel, direction, body, status, created_at)
     select gen_random_uuid(), $1, $2, $3, 'sms', 'in', 'Hello', 'received', now() from generate_series(1, 3)`,
    owner.tenantId,
    conversationId,
    id,
  );
  const { body } = await owner.call('GET', `/contacts/${id}/conversations`);
  expect(body).toMatchObject({
    total: 1,
    data: [{ id: conversationId, contactId: id, messages: 3, lastMessagePreview: 'Hello', status: 'OPEN' }],
  });
});

describe('at many contacts', () => {
  let tenantId: string;
  beforeAll(async () => {
    const big = await stack.signUp('Big');
    tenantId = big.tenantId;
    await inTx(stack.database.pool, async (_tx, client) => {
      await client.query(`set local session_replication_role = replica`);
      await client.query(
        `insert into contacts (id, tenant_id, first_name, phone, lead_score, lead_status, has_messenger, has_instagram, facebook_page_id,
           pipeline_id, stage_id, owner_id, created_at, updated_at, name_key, search)
         select gen_random_uuid(), $1, 'N' || i, '+1415' || lpad(i::text, 7, '0'), i % 101, (array['new','sold','lost'])[1 + i % 3],
           case when i % 50 = 0 then true end, case when i % 70 = 0 then true end, case when i % 100 = 0 then $2::uuid end,
           case when i % 40 = 0 then $2::uuid end, case when i % 40 = 0 then $2::uuid end, case when i % 90 = 0 then $2::uuid end,
           timestamptz '2020-01-01' + i * interval '1 hour', timestamptz '2020-01-01' + i * interval '1 hour', 'n' || i,
           'n' || i || ' +1415' || lpad(i::text, 7, '0')
         from generate_series(1, 40000) i`,
        [tenantId, pageId],
      );
      await client.query(
        `insert into contact_tags (id, tenant_id, contact_id, tag_id, created_at)
         select gen_random_uuid(), $1, id, $2, now() from contacts where tenant_id = $1 and lead_score = 7`,
        [tenantId, randomUUID()],
      );
    });
    await stack.rows('vacuum analyze contacts');
    await stack.rows('analyze contact_tags');
  });

  test.each([
    ['search', { search: 'n3999' }],
    ['dates', { dateFrom: '2021-01-01', dateTo: '2021-01-31' }],
    ['page', { pageId }],
    ['platform', { platform: 'messenger' }],
    ['both platforms', { platform: 'both' }],
    ['score', { minScore: 100 }],
    ['score range', { scoreRange: 'cold', maxScore: 1 }],
    ['stage', { stageId: pageId }],
    ['pipeline', { pipelineId: pageId }],
    ['owner', { ownerId: pageId }],
    ['tags', { tags: 'vip' }],
    ['phone', { search: '+14150039999' }],
  ])('the filter by %s reads an index, not every contact', async (_, filter) => {
    const rule = filterToRule(contactFilter.parse(filter));
    const plan = await inTx(stack.database.pool, async (tx) => {
      const where = await whereRule({ tx, tenantId, now: 0 }, rule);
      const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(
        sql`explain select id from contacts where tenant_id = ${tenantId} and ${where}`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/Index/);
    expect(plan).not.toMatch(/Seq Scan on contacts/);
  });
});

test('stages sort by their places as numbers, moods from unsure to hot', async () => {
  const person = await stack.signUp();
  const pipelineId = randomUUID();
  await person.push({ name: 'pipelines.create', input: { id: pipelineId, name: 'Long', displayOrder: 1 } });
  const sentiments = ['hot', 'unsure', 'cold', 'ghosted'];
  const placed = await Promise.all(
    [11, 2, 10, 0].map(async (displayOrder, i) => {
      const [id, stageId] = [randomUUID(), randomUUID()];
      const stage = { id: stageId, pipelineId, name: `Stage ${displayOrder}`, displayOrder, probability: 0 };
      const contact = { id, firstName: `At ${displayOrder}`, sentiment: sentiments[i] };
      await person.push(
        { name: 'stages.create', input: stage },
        { name: 'contacts.create', input: contact },
        { name: 'contacts.moveToStage', input: { contactIds: [id], stageId } },
      );
      return { id, displayOrder };
    }),
  );
  const idsBy = async (sortBy: string) =>
    (await person.call('GET', `/contacts?sortBy=${sortBy}`)).body.data.map(({ id }: { id: string }) => id);
  expect(await idsBy('stage')).toEqual(placed.toSorted((a, b) => a.displayOrder - b.displayOrder).map(({ id }) => id));
  expect(await idsBy('sentiment')).toEqual([placed[1]?.id, placed[3]?.id, placed[2]?.id, placed[0]?.id]);
});
