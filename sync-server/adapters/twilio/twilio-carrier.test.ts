import { randomBytes } from 'node:crypto';
import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { MAGIC_NUMBERS, MESSAGE_ID, testCarrierPort } from '../../ports/carrier-port-tests.ts';
import { createTwilioCarrier } from './twilio-carrier.ts';

type Answer = { statusCode: number; body: unknown };
type Asked = { method: string; uri: string; data?: Record<string, string> };

/** Twilio's Messages resource as its API description has it, for the numbers of the port tests. */
class FakeTwilio extends twilio.RequestClient {
  readonly asked: Asked[] = [];
  readonly answer: (asked: Asked) => Answer | Error;

  constructor(answer: (asked: Asked) => Answer | Error = answerLikeTwilio) {
    super();
    this.answer = answer;
  }

  override async request<TData>(options: { method: string; uri: string; data?: unknown }) {
    const asked = options as Asked;
    this.asked.push(asked);
    const answer = this.answer(asked);
    if (answer instanceof Error) throw answer;
    return { statusCode: answer.statusCode, body: answer.body as TData, headers: {} } as never;
  }
}

const problem = (code: number, message: string): Answer => ({
  statusCode: 400,
  body: { code, message, status: 400, more_info: `https://www.twilio.com/docs/errors/${code}` },
});

const REJECTIONS: Record<string, Answer> = {
  [MAGIC_NUMBERS.invalid]: problem(21211, "The 'To' number is not a valid phone number."),
  [MAGIC_NUMBERS.unreachable]: problem(21612, 'The To phone number is not currently reachable.'),
  [MAGIC_NUMBERS.optedOut]: problem(21610, 'Attempt to send to unsubscribed recipient'),
  [MAGIC_NUMBERS.noTexts]: problem(21614, "'To' number is not a valid mobile number"),
};

const answerLikeTwilio = ({ method, data }: Asked): Answer => (method === 'get' ? ACTIVE : answerToText(data));
const ACTIVE: Answer = { statusCode: 200, body: { sid: `AC${'0'.repeat(32)}`, status: 'active' } };
const answerToText = (data: Asked['data']): Answer =>
  REJECTIONS[data?.['To'] ?? ''] ?? {
    statusCode: 201,
    body: { sid: `SM${randomBytes(16).toString('hex')}`, status: 'queued', date_created: null },
  };

const SETTINGS = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret', publicUrl: 'https://crm.example' };
const openCarrier = (fake = new FakeTwilio()) => createTwilioCarrier({ ...SETTINGS, httpClient: fake });
const text = { messageId: MESSAGE_ID, from: '+15005550006', to: '+15035550142', body: 'Hello' };

describe('Twilio as a carrier', () => testCarrierPort(async () => openCarrier()));

test('asks Twilio for a message with receipts to our public address, naming our own id', async () => {
  const fake = new FakeTwilio();
  await openCarrier(fake).sendText(text);
  expect(fake.asked).toMatchObject([
    {
      method: 'post',
      uri: `https://api.twilio.com/2010-04-01/Accounts/${SETTINGS.accountSid}/Messages.json`,
      data: {
        From: text.from,
        To: text.to,
        Body: 'Hello',
        StatusCallback: `https://crm.example/hooks/twilio/sms-status?message=${MESSAGE_ID}`,
      },
    },
  ]);
});

test.each([
  ['too many requests', { statusCode: 429, body: { code: 20429, message: 'Too Many Requests' } }],
  ['a server that is down', { statusCode: 503, body: { message: 'Service Unavailable' } }],
  ['no way to reach it', Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })],
])('%s: certainly not sent, to be tried again', async (_, answer) => {
  expect(await openCarrier(new FakeTwilio(() => answer)).sendText(text)).toMatchObject({ status: 'retry' });
});

test('a line that breaks while sending is not tried again: nobody knows whether it arrived', async () => {
  const cut = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  expect(await openCarrier(new FakeTwilio(() => cut)).sendText(text)).toMatchObject({ status: 'unknown' });
});

test('wrong credentials are named as the server’s fault, not the contact’s', async () => {
  const answer = { statusCode: 401, body: { code: 20003, message: 'Authenticate' } };
  expect(await openCarrier(new FakeTwilio(() => answer)).sendText(text)).toMatchObject({
    status: 'rejected',
    reason: 'Twilio did not accept the account id and token of this server.',
  });
});

const NUMBER = '+14155550142';
const numbers = (...found: string[]): Answer => ({
  statusCode: 200,
  body: { incoming_phone_numbers: found.map((phone_number) => ({ phone_number })), page: 0, page_size: 1 },
});

test.each([
  ['one of the account', numbers(NUMBER), { status: 'ours' }],
  ['one of nobody there', numbers(), { status: 'not ours' }],
  ['the digits of one of the account', numbers(`${NUMBER}9`), { status: 'not ours' }],
  [
    'one while the line is down',
    Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
    { status: 'unknown', reason: 'Twilio could not be reached.' },
  ],
])('tells %s', async (_, answer, found) => {
  const fake = new FakeTwilio(() => answer);
  expect(await openCarrier(fake).findNumber(NUMBER)).toEqual(found);
  expect(fake.asked[0]).toMatchObject({ method: 'get', params: { PhoneNumber: NUMBER } });
});

test.each([
  ['a closed account', { statusCode: 200, body: { status: 'suspended' } }, /suspended/],
  ['wrong credentials', { statusCode: 401, body: { code: 20003, message: 'Authenticate' } }, /did not accept/],
  ['a line that breaks', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), /could not be reached/],
])('%s is told in words when it is asked whether it works', async (_, answer, words) => {
  expect(await openCarrier(new FakeTwilio(() => answer)).health()).toEqual({
    mode: 'live',
    ok: false,
    message: expect.stringMatching(words),
  });
});
