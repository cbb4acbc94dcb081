import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Health, Integrations } from '../../ports/integration.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';
import { checkIntegrations } from './check-integrations.ts';
import { healthOf } from './health-of.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'integrations-'));
let stack: TestStack;
let owner: Person;

beforeAll(async () => {
  stack = await startTestStack({ DATA_DIR: dataDir });
  owner = await stack.signUp();
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const items = ({ tenantId }: Person) =>
  stack.rows<{ xmin: string; body: Record<string, unknown> }>(
    `select xmin::text, body from admin_items where tenant_id = $1 and kind = 'integration' order by body ->> 'name'`,
    tenantId,
  );

test('a check says how an integration stands, and administrators’ desktops learn it', async () => {
  const { body } = await owner.call('POST', '/integrations/carrier/check');
  expect(body.data).toEqual({ ok: true, mode: 'sandbox', message: null });
  expect((await items(owner)).map((item) => item.body)).toEqual([
    { name: 'Text messages', ok: true, mode: 'sandbox', message: null, checkedAt: expect.any(Number) },
  ]);
  const agent = await stack.join(owner, 'AGENT');
  expect((await agent.call('POST', '/integrations/carrier/check')).status).toBe(403);
  expect((await owner.call('POST', '/integrations/fax/check')).status).toBe(400);
});

test('a test text goes to a number, but not without one of our own, to nonsense, or to who asked for none', async () => {
  const send = (to: string) => owner.call('POST', '/integrations/carrier/test', { to });
  expect((await send('+14155550142')).body.error?.code).toBe('not_allowed_now');
  await addNumber(stack, owner.tenantId, '+15035550100');
  expect((await send('+14155550142')).body.data).toEqual({ accepted: true, message: null });
  // A number that the sandbox refuses, as a carrier would.
  expect((await send('+15005550001')).body.data).toMatchObject({
    accepted: false,
    message: expect.stringMatching(/not a valid/),
  });
  expect((await send('nobody')).body.error).toMatchObject({ code: 'invalid_input' });
  await stack.rows(
    `insert into contacts (id, tenant_id, phone, opted_out_at, name_key, search, created_at, updated_at)
     values (gen_random_uuid(), $1, '+14155550177', now(), '', '', now(), now())`,
    owner.tenantId,
  );
  expect((await send('+14155550177')).body.error?.details).toEqual({ reason: 'opted_out' });
  // Who is erased is known by a hash alone, and is not written to either.
  const [out] = await stack.rows<{ id: string }>(`select id from contacts where phone = '+14155550177'`);
  await owner.push({ name: 'privacy.eraseContact', input: { id: out?.id, reason: 'Asked' } });
  expect((await send('+14155550177')).body.error?.details).toEqual({ reason: 'opted_out' });
});

test('a test mail goes to an address', async () => {
  const send = (to: string) => owner.call('POST', '/integrations/mail/test', { to });
  expect((await send('ada@test.example')).body.data).toEqual({ accepted: true, message: null });
  expect((await send('ada')).body.error).toMatchObject({ code: 'invalid_input' });
});

test('the regular look writes down what changed, and nothing when nothing did', async () => {
  let health: Health = { mode: 'live', ok: true, message: null };
  const integration = {
    name: 'Text messages',
    mode: 'live' as const,
    health: async () => health,
    sendTest: async () => ({ accepted: true, message: null }),
  };
  const integrations: Integrations = { carrier: integration, mail: { ...integration, name: 'Mail' } };
  const look = (now: number) =>
    checkIntegrations(stack.database.pool, integrations, () => now).run(null, {
      isLastAttempt: true,
      signal: new AbortController().signal,
    });
  const stranger = await stack.signUp();
  await look(1_000);
  const before = await items(stranger);
  expect(before.map((item) => item.body['checkedAt'])).toEqual([1_000, 1_000]);
  await look(2_000);
  expect(await items(stranger)).toEqual(before);
  health = { mode: 'live', ok: false, message: 'Twilio could not be reached.' };
  await look(3_000);
  expect((await items(stranger)).map((item) => [item.body['ok'], item.body['checkedAt']])).toEqual([
    [false, 3_000],
    [false, 3_000],
  ]);
});

test('no transaction is open while a mail server is asked that does not answer', async () => {
  const asked = Promise.withResolvers<Socket>();
  const silent = createServer((socket) => asked.resolve(socket.on('error', () => {})));
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const other = await startTestStack({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'crm@test.example' });
  try {
    const person = await other.signUp();
    const answer = person.call('POST', '/integrations/mail/check');
    const socket = await asked.promise;
    const open = `select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`;
    expect(await other.rows(open)).toEqual([]);
    socket.destroy();
    expect((await answer).body.data).toMatchObject({
      ok: false,
      mode: 'live',
      message: expect.stringMatching(/^The mail server does not take mails/),
    });
  } finally {
    silent.close();
    await other.close();
  }
});

test('an integration that does not answer in time does not work, in words', async () => {
  const never = {
    name: 'Mail',
    mode: 'live' as const,
    health: () => new Promise<Health>(() => {}),
    sendTest: async () => never,
  };
  expect(await healthOf(never as never, 20)).toEqual({
    mode: 'live',
    ok: false,
    message: 'No answer in time. Check the connection of the server, then look again.',
  });
});

test('a test with a key is sent once', async () => {
  const headers = { 'idempotency-key': 'one-test-mail' };
  const token = owner.headers.authorization.replace('Bearer ', '');
  const send = (to: string) => stack.request('POST', '/api/integrations/mail/test', { token, headers, body: { to } });
  const mails = () => new Set(readdirSync(path.join(dataDir, 'mail')));
  expect((await send('ada@test.example')).status).toBe(200);
  const before = mails();
  expect((await send('ada@test.example')).body.data).toEqual({ accepted: true, message: null });
  expect((await send('bob@test.example')).status).toBe(409);
  expect(mails()).toEqual(before);
});
