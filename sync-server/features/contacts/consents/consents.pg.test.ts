import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { addNumber } from '../../../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
const NUMBER = '+15035550100';
const DAY = 86_400_000;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, NUMBER);
});
afterAll(() => stack.close());

const make = async (fields: object = { firstName: 'Ada' }): Promise<string> => {
  const id = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id, ...fields } });
  return id;
};
const read = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data;
const recordsOf = (id: string) =>
  stack.rows(
    'select act, purpose, kind, source, method, reason, user_id from consents where contact_id = $1 order by created_at, id',
    id,
  );
const record = (contactId: string, more: object = {}) => ({
  name: 'consents.record',
  input: { contactId, purpose: 'marketing', kind: 'written', source: 'Fair', ...more },
});
const accepted = { status: 'accepted' };

test('the newest record of a purpose holds, told late or not, and nothing that was said before is changed', async () => {
  const id = await make();
  const now = Date.now();
  expect(await owner.push(record(id, { givenAt: now - 5 * DAY, expiresAt: now + DAY }))).toMatchObject([accepted]);
  expect(await read(id)).toMatchObject({ marketingConsentUntil: now + DAY, automatedConsentUntil: null });
  await owner.push({ name: 'consents.withdraw', input: { contactId: id, purpose: 'marketing', reason: 'By mail' } });
  expect((await read(id)).marketingConsentUntil).toBeNull();
  // From a device that was offline: they had agreed before they no longer did.
  await owner.push(record(id, { givenAt: now - 2 * DAY }));
  expect((await read(id)).marketingConsentUntil).toBeNull();
  await owner.push(record(id), record(id, { purpose: 'automated', evidence: 'Recording 7' }));
  expect(await read(id)).toMatchObject({ marketingConsentUntil: NO_END, automatedConsentUntil: NO_END });
  const by = { user_id: owner.userId, kind: 'written', source: 'Fair', method: null, reason: null };
  expect(await recordsOf(id)).toEqual([
    { act: 'given', purpose: 'marketing', ...by },
    { act: 'withdrawn', purpose: 'marketing', ...by, kind: null, source: null, reason: 'By mail' },
    { act: 'given', purpose: 'marketing', ...by },
    { act: 'given', purpose: 'marketing', ...by },
    { act: 'given', purpose: 'automated', ...by },
  ]);
  await expect(stack.rows(`update consents set source = 'x' where contact_id = $1`, id)).rejects.toThrow('append-only');
});

test('a consent that has ended is not given any more, and one that would end before it begins is refused', async () => {
  const id = await make({ firstName: 'Expired' });
  const now = Date.now();
  await owner.push(record(id, { givenAt: now - 9 * DAY, expiresAt: now - DAY }));
  const given = async () => {
    const rule = {
      all: [
        { field: 'consent', op: 'given', kind: 'any' },
        { field: 'firstName', op: 'is', value: 'Expired' },
      ],
    };
    return (await owner.call('GET', `/contacts?rule=${encodeURIComponent(JSON.stringify(rule))}`)).body.total;
  };
  expect(await given()).toBe(0);
  await owner.push(record(id, { expiresAt: now + DAY }));
  expect(await given()).toBe(1);
  expect(await owner.push(record(id, { givenAt: now, expiresAt: now - DAY }))).toMatchObject([
    { code: 'invalid_input' },
  ]);
});

test('who opted out comes back only with a new consent on record, and what was said stays in history', async () => {
  const id = await make({ firstName: 'Ada', phone: '+14155550171' });
  await owner.push(record(id));
  await owner.push({ name: 'contacts.optOut', input: { id, reason: 'Too many' } });
  expect(await read(id)).toMatchObject({
    optedOutAt: expect.any(Number),
    optOutMethod: 'manual',
    optOutReason: 'Too many',
  });
  expect(await owner.push({ name: 'messages.send', input: { contactId: id, body: 'Hi' } })).toMatchObject([
    { code: 'not_allowed_now', details: { reason: 'opted_out' } },
  ]);
  const [refused] = await owner.push({ name: 'contacts.optIn', input: { id } });
  expect(refused).toMatchObject({
    code: 'invalid_input',
    details: { fields: { consent: expect.stringContaining('new consent') } },
  });
  const consent = { purpose: 'automated', kind: 'spoken' };
  expect(await owner.push({ name: 'contacts.optIn', input: { id, consent } })).toMatchObject([
    { code: 'invalid_input' },
  ]);
  expect(
    await owner.push({ name: 'contacts.optIn', input: { id, consent: { ...consent, source: 'Call of today' } } }),
  ).toMatchObject([accepted]);
  expect(await read(id)).toMatchObject({ optedOutAt: null, optOutMethod: null, automatedConsentUntil: NO_END });
  expect((await recordsOf(id)).map(({ act }) => act)).toEqual(['given', 'opted_out', 'opted_in', 'given']);
});

test('STOP and START by text are records like others; START without STOP says nothing new', async () => {
  const phone = '+14155550172';
  const text = (body: string) => stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone, body } });
  await text('START');
  const [{ id } = { id: '' }] = await stack.rows<{ id: string }>('select id from contacts where phone = $1', phone);
  expect(await recordsOf(id)).toEqual([]);
  await text('STOP');
  expect(await read(id)).toMatchObject({ optedOutAt: expect.any(Number), optOutMethod: 'STOP' });
  await text('START');
  expect(await read(id)).toMatchObject({ optedOutAt: null, optOutMethod: null });
  expect(await recordsOf(id)).toMatchObject([
    { act: 'opted_out', method: 'STOP', source: 'SMS', user_id: null },
    { act: 'opted_in', method: 'START', kind: 'text', user_id: null },
  ]);
});

test('an act on consents is taken back by further records', async () => {
  const id = await make();
  const until = Date.now() + 9 * DAY;
  await owner.push(record(id, { expiresAt: until }));
  const undo = async (action: string) => {
    const [act] = await stack.rows<{ id: string }>(
      'select id from acts where action = $1 and entity_id = $2 order by at desc, id desc limit 1',
      action,
      id,
    );
    return owner.push({ name: 'activity.undo', input: { id: act?.id } });
  };
  await owner.push({ name: 'consents.withdraw', input: { contactId: id, purpose: 'marketing' } });
  expect(await undo('consents.withdraw')).toMatchObject([accepted]);
  expect((await read(id)).marketingConsentUntil).toBe(until);
  await owner.push({ name: 'contacts.optOut', input: { id } });
  expect(await undo('contacts.optOut')).toMatchObject([accepted]);
  expect(await read(id)).toMatchObject({ optedOutAt: null, marketingConsentUntil: until });
  expect((await recordsOf(id)).map(({ act, method }) => [act, method])).toEqual([
    ['given', null],
    ['withdrawn', null],
    ['given', 'undo'],
    ['opted_out', 'manual'],
    ['opted_in', 'undo'],
  ]);
});

test('a no that was said since is not lifted by taking an act back, however much that is meant', async () => {
  const phone = '+14155550173';
  const id = await make({ phone });
  const undo = async (action: string) => {
    const [act] = await stack.rows<{ id: string }>(
      'select id from acts where action = $1 and entity_id = $2 order by at, id limit 1',
      action,
      id,
    );
    return owner.push({ name: 'activity.undo', input: { id: act?.id, anyway: true } });
  };
  const withdraw = { name: 'consents.withdraw', input: { contactId: id, purpose: 'marketing' } };
  await owner.push(record(id), withdraw, { name: 'contacts.optOut', input: { id } }, withdraw);
  await stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone, body: 'STOP' } });
  for (const action of ['contacts.optOut', 'consents.withdraw'])
    expect(await undo(action)).toMatchObject([{ code: 'not_allowed_now', details: { reason: 'said_since' } }]);
  expect(await read(id)).toMatchObject({
    optedOutAt: expect.any(Number),
    optOutMethod: 'STOP',
    marketingConsentUntil: null,
  });
});
