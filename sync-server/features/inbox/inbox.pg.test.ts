import { randomUUID } from 'node:crypto';
import twilio from 'twilio';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { conversationIdOf } from '../../../shared/inbox/message.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

const AUTH_TOKEN = 'twilio auth token';
const PUBLIC_URL = 'https://crm.example';
const OUR_NUMBER = '+15035550100';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    PUBLIC_URL,
  });
  owner = await stack.signUp();
  await addNumber(owner, OUR_NUMBER);
});
afterAll(() => stack.close());

const addNumber = (person: Person, e164: string) =>
  stack.rows(
    'insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())',
    randomUUID(),
    person.tenantId,
    e164,
  );

async function hook(path: string, form: Record<string, string>, signature?: string) {
  const response = await fetch(stack.url + path, {
    method: 'POST',
    headers: {
      'x-twilio-signature': signature ?? twilio.getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_URL + path, form),
    },
    body: new URLSearchParams(form),
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

let sids = 0;
const textFrom = (From: string, Body: string, MessageSid = `SM${String(++sids).padStart(32, '0')}`) => ({
  MessageSid,
  From,
  To: OUR_NUMBER,
  Body,
  NumMedia: '0',
});
const receive = (from: string, body: string) => hook('/hooks/twilio/sms', textFrom(from, body));
const contactOf = async (phone: string) => {
  const [row] = await stack.rows<{ id: string; opted_out_at: Date | null }>(
    'select * from contacts where phone = $1',
    phone,
  );
  return row;
};
const messagesOf = (contactId?: string) =>
  stack.rows('select direction, body, status from messages where contact_id = $1 order by created_at, id', contactId);

test('a text from an unknown number makes a contact who waits, and answers empty TwiML', async () => {
  const reply = await receive('+14155550001', 'Is the boiler coming today?');
  expect(reply).toEqual({
    status: 200,
    type: 'text/xml; charset=utf-8',
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
  });
  const contact = await contactOf('+14155550001');
  expect(contact).toMatchObject({ tenant_id: owner.tenantId, source: 'SMS', last_interaction_at: expect.any(Date) });
  expect(await messagesOf(contact?.id)).toEqual([
    { direction: 'in', body: 'Is the boiler coming today?', status: 'received' },
  ]);
  const [conversation] = await stack.rows(
    'select id, status, last_message_preview, waiting_since from conversations where contact_id = $1',
    contact?.id,
  );
  expect(conversation).toEqual({
    id: conversationIdOf(contact?.id ?? '', 'sms'),
    status: 'OPEN',
    last_message_preview: 'Is the boiler coming today?',
    waiting_since: expect.any(Date),
  });
});

test('the same text delivered again, also at the same moment, is stored once', async () => {
  const form = textFrom('+14155550002', 'Once');
  const replies = await Promise.all([1, 2, 3].map(() => hook('/hooks/twilio/sms', form)));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await messagesOf((await contactOf('+14155550002'))?.id)).toHaveLength(1);
  expect(await stack.rows('select 1 from webhook_events where vendor_event_id = $1', form.MessageSid)).toHaveLength(1);
});

test('two first texts of one person at the same moment make one contact', async () => {
  await Promise.all([receive('+14155550003', 'one'), receive('+14155550003', 'two')]);
  const found = await stack.rows<{ id: string }>(`select id from contacts where phone = '+14155550003'`);
  expect(found).toHaveLength(1);
  expect(await messagesOf(found[0]?.id)).toHaveLength(2);
});

test('a wrong signature gets 403 and leaves nothing but a count', async () => {
  const before = await stack.rows('select count(*)::int as n from webhook_events');
  const form = textFrom('+14155550004', 'Forged');
  expect((await hook('/hooks/twilio/sms', form, 'bm90IHRoZSBzaWduYXR1cmU=')).status).toBe(403);
  const other = twilio.getExpectedTwilioSignature(AUTH_TOKEN, `${PUBLIC_URL}/hooks/twilio/sms`, {
    ...form,
    Body: 'Other',
  });
  expect((await hook('/hooks/twilio/sms', form, other)).status).toBe(403);
  expect(await contactOf('+14155550004')).toBeUndefined();
  expect(await stack.rows('select count(*)::int as n from webhook_events')).toEqual(before);
  expect(await (await fetch(`${stack.url}/metrics`)).text()).toContain('rejected_webhooks_total{vendor="twilio"} 2');
});

test('a text to a number nobody has is kept, and counts once somebody has the number', async () => {
  const form = { ...textFrom('+14155550005', 'Anyone?'), To: '+15035550177' };
  expect((await hook('/hooks/twilio/sms', form)).status).toBe(200);
  expect(await contactOf('+14155550005')).toBeUndefined();
  expect(await stack.rows('select tenant_id from webhook_events where vendor_event_id = $1', form.MessageSid)).toEqual([
    { tenant_id: null },
  ]);
  await addNumber(owner, '+15035550177');
  await hook('/hooks/twilio/sms', form);
  expect(await messagesOf((await contactOf('+14155550005'))?.id)).toHaveLength(1);
});

test('a known contact is found by phone within the tenant of the number only', async () => {
  const stranger = await stack.signUp();
  await stranger.call('POST', '/contacts', { firstName: 'Theirs', phone: '+14155550006' });
  const mine = (await owner.call('POST', '/contacts', { firstName: 'Mine', phone: '+14155550006' })).body.data.id;
  await receive('+14155550006', 'Hi');
  expect(await messagesOf(mine)).toHaveLength(1);
});

test('who waits keeps waiting since their first text until somebody answers', async () => {
  await receive('+14155550007', 'First');
  const contact = await contactOf('+14155550007');
  const waiting = async () =>
    (await stack.rows('select waiting_since from conversations where contact_id = $1', contact?.id))[0];
  const since = await waiting();
  await receive('+14155550007', 'Second');
  expect(await waiting()).toEqual(since);
  await owner.push({ name: 'messages.send', input: { contactId: contact?.id, body: 'Here we are' } });
  expect(await waiting()).toEqual({ waiting_since: null });
});

test('STOP opts out, lets nobody wait and closes the way; START opens it again', async () => {
  await receive('+14155550008', ' stop ');
  const contact = await contactOf('+14155550008');
  expect(contact?.opted_out_at).toBeInstanceOf(Date);
  expect(await stack.rows('select waiting_since from conversations where contact_id = $1', contact?.id)).toEqual([
    { waiting_since: null },
  ]);
  const send = () => owner.push({ name: 'messages.send', input: { contactId: contact?.id, body: 'Hello?' } });
  expect(await send()).toMatchObject([
    { status: 'refused', code: 'not_allowed_now', details: { reason: 'opted_out' } },
  ]);
  await receive('+14155550008', 'Start');
  expect(await send()).toMatchObject([{ status: 'accepted' }]);
  const audit = await stack.rows(
    `select action from audit_log where entity_id = $1 and action like 'contacts.opt%' order by at`,
    contact?.id,
  );
  expect(audit).toEqual([{ action: 'contacts.optOut' }, { action: 'contacts.optIn' }]);
});

test('a contact without a phone, and a team without a number, cannot be texted, and the reason is said', async () => {
  const contactId = (await owner.call('POST', '/contacts', { firstName: 'No phone' })).body.data.id;
  expect(await owner.push({ name: 'messages.send', input: { contactId, body: 'x' } })).toMatchObject([
    { code: 'not_allowed_now', details: { reason: 'no_phone' } },
  ]);
  const stranger = await stack.signUp();
  const other = (await stranger.call('POST', '/contacts', { phone: '+14155550009' })).body.data.id;
  expect(await stranger.push({ name: 'messages.send', input: { contactId: other, body: 'x' } })).toMatchObject([
    { code: 'not_allowed_now', details: { reason: 'no_number' } },
  ]);
});

test('receipts move a message on, and late, repeated or out-of-order ones change nothing', async () => {
  const contactId = (await owner.call('POST', '/contacts', { phone: '+14155550010' })).body.data.id;
  const id = randomUUID();
  await owner.push({ name: 'messages.send', input: { id, contactId, body: 'Track me' } });
  const status = async () => (await stack.rows('select status, failure from messages where id = $1', id))[0];
  const tell = (MessageStatus: string, more = {}) =>
    hook(`/hooks/twilio/sms-status?message=${id}`, { MessageSid: 'SMreceipt', MessageStatus, ...more });
  expect((await tell('queued')).status).toBe(204);
  expect(await status()).toEqual({ status: 'queued', failure: null });
  await tell('sent');
  expect(await status()).toEqual({ status: 'sent', failure: null });
  await tell('delivered');
  await tell('sent');
  await tell('failed', { ErrorCode: '30003' });
  expect(await status()).toEqual({ status: 'delivered', failure: null });
});

test('a failure says why, with the carrier’s code', async () => {
  const contactId = (await owner.call('POST', '/contacts', { phone: '+14155550011' })).body.data.id;
  const id = randomUUID();
  await owner.push({ name: 'messages.send', input: { id, contactId, body: 'Lost' } });
  await hook(`/hooks/twilio/sms-status?message=${id}`, {
    MessageSid: 'SMlost',
    MessageStatus: 'undelivered',
    ErrorCode: '30003',
  });
  const [row] = await stack.rows('select status, failure from messages where id = $1', id);
  expect(row).toEqual({ status: 'failed', failure: 'The phone is switched off or out of reach (Twilio 30003).' });
});

test('the desk lists who waits longest first, and a conversation newest first', async () => {
  const desk = await stack.signUp();
  await addNumber(desk, '+15035550142');
  for (const [from, body] of [
    ['+14155550021', 'older'],
    ['+14155550022', 'newer'],
    ['+14155550021', 'again'],
  ] as const)
    await hook('/hooks/twilio/sms', { ...textFrom(from, body), To: '+15035550142' });
  const { body } = await desk.call('GET', '/conversations?sortBy=waitingSince');
  expect(body.data.map((c: { lastMessagePreview: string }) => c.lastMessagePreview)).toEqual(['again', 'newer']);
  const thread = await desk.call('GET', `/conversations/${body.data[0].id}/messages`);
  expect(thread.body.data.map((m: { body: string }) => m.body)).toEqual(['again', 'older']);
});

test('a queued text leaves through the sandbox and comes back delivered; STOP in between holds it', async () => {
  const sandbox = await startTestStack({ SERVER_ROLES: 'web,worker' });
  try {
    const person = await sandbox.signUp();
    await sandbox.rows(
      'insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())',
      randomUUID(),
      person.tenantId,
      OUR_NUMBER,
    );
    const send = async (phone: string) => {
      const contactId = (await person.call('POST', '/contacts', { phone })).body.data.id;
      const id = randomUUID();
      await person.push({ name: 'messages.send', input: { id, contactId, body: 'Hi' } });
      return id;
    };
    const message = async (id: string) =>
      (await sandbox.rows('select status, failure, vendor_id from messages where id = $1', id))[0];
    const good = await send('+14155550031');
    const bad = await send('+15005550001');
    const stopped = await send('+15005550004');
    await vi.waitFor(
      async () => {
        expect(await message(good)).toEqual({
          status: 'delivered',
          failure: null,
          vendor_id: expect.stringMatching(/^SM/),
        });
        expect(await message(bad)).toMatchObject({
          status: 'failed',
          failure: 'This is not a valid phone number (sandbox).',
        });
        expect(await message(stopped)).toMatchObject({ status: 'failed' });
      },
      { timeout: 15_000, interval: 100 },
    );
    const [contact] = await sandbox.rows(`select opted_out_at from contacts where phone = '+15005550004'`);
    expect(contact).toEqual({ opted_out_at: expect.any(Date) });
  } finally {
    await sandbox.close();
  }
});
