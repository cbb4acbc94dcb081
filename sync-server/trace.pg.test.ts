import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newTrace } from './db/trace.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const NUMBER = '+15035550100';
let database: TestDatabase;
let server: ChildProcess;
let dataDir: string;
let url: string;
let log = '';

/** The whole server as a program, its log as it is written, its jobs done. */
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-trace-'));
  server = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url))], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      ELECTRIC_URL: 'http://127.0.0.1:9',
      SERVER_ROLES: 'web,worker',
      PORT: '0',
      LOG_LEVEL: 'info',
    },
  });
  url = await new Promise<string>((resolve) => {
    server.stdout?.on('data', (chunk) => {
      log += String(chunk);
      const ready = /ready on (http:\S+)/.exec(log)?.[1];
      if (ready) resolve(ready);
    });
  });
});
afterAll(async () => {
  server.kill('SIGKILL');
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

const rows = async (sql: string, ...values: unknown[]): Promise<unknown[]> =>
  (await database.pool.query<{ one: unknown }>(sql, values)).rows.map(({ one }) => one);
const logged = (trace: string) =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(trace))
    .map((line) => (JSON.parse(line) as { req?: { path: string } }).req?.path);
const audited = (trace: string) =>
  rows('select action as one from audit_log where trace_id = $1 order by action', trace);
const jobsOf = (trace: string) =>
  rows(`select name as one from pgboss.job where data ->> 'traceId' = $1 order by name`, trace);

async function post(to: string, body: unknown, { trace = newTrace(), token = '' } = {}) {
  const response = await fetch(url + to, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- tests assert the shape themselves
  return { trace, body: (await response.json()) as any };
}

test('a text and its answer leave one trace each, from the request through the log and the rows to the last job', async () => {
  const signedUp = await post('/api/auth/sign-up', {
    tenantName: 'T',
    name: 'N',
    email: `${randomUUID()}@test.example`,
    password: 'long enough password',
    deviceId: randomUUID(),
  });
  const { accessToken: token, identity } = signedUp.body.data;
  await database.pool.query('insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())', [
    randomUUID(),
    identity.tenantId,
    NUMBER,
  ]);

  // A customer writes: the carrier's request, the contact and the message it makes.
  const inbound = await post('/sandbox/texts', { number: NUMBER, phone: '+14155550123', body: 'Hello?' });
  expect(inbound.body).toEqual({ data: { outcome: 'stored' } });
  expect(await audited(inbound.trace)).toEqual(['contacts.create', 'messages.receive']);
  await vi.waitFor(() => expect(logged(inbound.trace)).toEqual(['/sandbox/texts']));

  // A member answers: the request, the message, the job that hands it over, the receipt that comes of it.
  const [contactId] = await rows('select id as one from contacts');
  const answer = await post('/api/messages', { contactId, body: 'Yes?' }, { token });
  expect(await audited(answer.trace)).toEqual(['messages.send']);
  await vi.waitFor(
    async () => expect(await jobsOf(answer.trace)).toEqual(['messages.deliver', 'sandbox.receipt']),
    10_000,
  );
  await vi.waitFor(
    async () => expect(await rows(`select status as one from messages where body = 'Yes?'`)).toEqual(['delivered']),
    10_000,
  );
  expect(logged(answer.trace)).toEqual(['/api/messages']);

  // What the carrier refuses is noted by the job, under the trace of who wrote it.
  const made = await post('/api/contacts', { phone: '+15005550001' }, { token });
  const refused = await post('/api/messages', { contactId: made.body.data.id, body: 'Nobody' }, { token });
  await vi.waitFor(
    async () => expect(await audited(refused.trace)).toEqual(['messages.fail', 'messages.send']),
    10_000,
  );
  expect(new Set([inbound.trace, answer.trace, refused.trace]).size).toBe(3);
});

test('no link that lets somebody in stands in the log', async () => {
  const trace = newTrace();
  await fetch(`${url}/api/exports/s1.${'a'.repeat(40)}`, {
    headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` },
  });
  await vi.waitFor(() => expect(logged(trace)).toEqual(['/api/exports/[cut]']));
});
