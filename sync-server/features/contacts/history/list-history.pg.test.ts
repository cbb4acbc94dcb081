import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactAsOf } from '../../../../shared/contacts/contact-as-of.ts';
import type { HistoryEntry } from '../../../../shared/contacts/history-operations.ts';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let stages: { id: string }[];
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  stages = await stack.rows('select id from stages where tenant_id = $1 order by display_order', owner.tenantId);
});
afterAll(() => stack.close());

const make = async (fields: object): Promise<string> => {
  const id = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id, firstName: 'Ada', ...fields } });
  return id;
};
const page = async (id: string, query = ''): Promise<{ entries: HistoryEntry[]; next: string | null }> =>
  (await owner.call('GET', `/contacts/${id}/history${query}`)).body.data;

test('everything that happened is told, newest first, with who did it, on which device, what it was and became', async () => {
  const id = await make({ firstName: 'Ada', source: 'Fair' });
  await owner.push({ name: 'contacts.moveToStage', input: { contactIds: [id], stageId: stages[0]?.id } });
  await agent.push(
    { name: 'contacts.moveToStage', input: { contactIds: [id], stageId: stages[1]?.id, note: 'They called' } },
    { name: 'contacts.update', input: { id, company: 'Acme', leadStatus: 'sold' } },
    { name: 'contacts.addTags', input: { contactIds: [id], tags: ['vip'] } },
    { name: 'contacts.removeTags', input: { contactIds: [id], tags: ['vip'] } },
    { name: 'contacts.setScore', input: { contactIds: [id], leadScore: 80 } },
    { name: 'consents.record', input: { contactId: id, purpose: 'marketing', kind: 'form', source: 'Page' } },
    { name: 'contacts.optOut', input: { id, reason: 'Too many' } },
  );
  await owner.call('POST', `/contacts/${id}/visits`, { url: 'https://acme.example/book', ip: '203.0.113.7' });
  const { entries, next } = await page(id);
  expect(next).toBeNull();
  const of = (kind: string) => entries.find((entry) => entry.kind === kind);
  expect(entries.map(({ kind }) => kind).toSorted()).toEqual(
    [
      'CREATED',
      'STAGE_CHANGED',
      'STAGE_CHANGED',
      'FIELD_CHANGED',
      'STATUS_CHANGED',
      'TAG_ADDED',
      'TAG_REMOVED',
      'SCORE_CHANGED',
      'CONSENT_GIVEN',
      'OPTED_OUT',
      // That they opted out is a field too.
      'FIELD_CHANGED',
      'VISITED',
    ].toSorted(),
  );
  expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted((a, b) => b - a));
  const byAgent = { userId: agent.userId, userName: 'A AGENT', deviceName: 'Test device', cause: null };
  expect(of('STAGE_CHANGED')).toMatchObject({
    ...byAgent,
    field: 'stageId',
    before: stages[0]?.id,
    after: stages[1]?.id,
    note: 'They called',
    details: { fromStageId: stages[0]?.id, toStageId: stages[1]?.id },
  });
  expect(of('STATUS_CHANGED')).toMatchObject({ details: { fromStatus: null, toStatus: 'sold' } });
  expect(of('TAG_ADDED')).toMatchObject({ ...byAgent, after: 'vip' });
  expect(of('TAG_REMOVED')).toMatchObject({ before: 'vip', after: null });
  expect(of('CONSENT_GIVEN')).toMatchObject({
    ...byAgent,
    details: { purpose: 'marketing', form: 'form', source: 'Page' },
  });
  expect(of('OPTED_OUT')).toMatchObject({ note: 'Too many', details: { method: 'manual' } });
  expect(of('VISITED')).toMatchObject({ details: { url: 'https://acme.example/book', ip: '203.0.113.7' } });
  expect(of('CREATED')).toMatchObject({ userId: owner.userId, details: { source: 'Fair' } });
});

test('pages neither repeat nor leave out anything, also of one instant and while more happens', async () => {
  const id = await make({ firstName: 'Ada' });
  // One edit changes many fields in one instant.
  await owner.push({
    name: 'contacts.update',
    input: {
      id,
      firstName: 'B',
      lastName: 'C',
      company: 'D',
      source: 'E',
      locale: 'en',
      timezone: 'UTC',
      leadScore: 1,
    },
  });
  const whole = (await page(id)).entries.map((entry) => entry.id);
  expect(whole).toHaveLength(8);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const part: Awaited<ReturnType<typeof page>> = await page(id, `?limit=3${next && `&before=${next}`}`);
    seen.push(...part.entries.map((entry) => entry.id));
    next = part.next;
    await owner.push({ name: 'contacts.update', input: { id, company: randomUUID() } });
  }
  expect(seen).toEqual(whole);
  expect((await owner.call('GET', `/contacts/${id}/history?before=nonsense`)).status).toBe(400);
});

test('one can ask for the changes of some fields alone, and the contact of any past moment follows from them', async () => {
  const id = await make({ firstName: 'Ada', tags: ['first'] });
  const read = async () => (await owner.call('GET', `/contacts/${id}`)).body.data;
  const moments = [await read()];
  for (const write of [
    { name: 'contacts.update', input: { id, company: 'One', attributes: { city: 'Bonn' } } },
    { name: 'contacts.addTags', input: { contactIds: [id], tags: ['vip'] } },
    { name: 'contacts.setScore', input: { contactIds: [id], leadScore: 10 } },
    { name: 'contacts.update', input: { id, company: 'Two', attributes: null } },
    { name: 'contacts.removeTags', input: { contactIds: [id], tags: ['first'] } },
  ]) {
    await owner.push(write);
    moments.push({ ...(await read()), at: Date.now() });
    // The next is another instant.
    await expect.poll(() => Date.now()).toBeGreaterThan(moments.at(-1).at);
  }
  const { entries } = await page(id);
  const now = moments.at(-1);
  for (const then of moments.slice(1)) {
    const past = contactAsOf({ fields: now, tags: now.tags, groups: [] }, entries, then.at);
    const { company, attributes, leadScore, tags } = then;
    expect(past).toMatchObject({ fields: { company, attributes, leadScore } });
    expect(past?.tags.toSorted()).toEqual(tags.toSorted());
  }
  const companies = (await page(id, '?fields=company')).entries;
  expect(companies.map(({ before, after }) => [before, after])).toEqual([
    ['One', 'Two'],
    [null, 'One'],
  ]);
});
