import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openElectric } from './electric-source.ts';
import { createShapeRouter } from './shape-router.ts';
import { contactsTable } from '../../shared/contacts/contact-columns.ts';

const TENANT = '00000000-0000-7000-8000-00000000000a';
let electric: Server;
let ours: Server;
let asked: URL[];
let url: string;
let answer: { status: number; body: string; headers?: Record<string, string> } | null;

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeEach(async () => {
  asked = [];
  answer = null;
  // What the service answers is passed on as it is; only what it is asked is ours to decide.
  electric = createServer((req, res) => {
    asked.push(new URL(req.url ?? '/', 'http://electric'));
    if (answer) {
      res.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    res.writeHead(200, {
      'electric-handle': 'h-1',
      'electric-offset': '0_0',
      'cache-control': 'public, max-age=604800',
    });
    res.end('[]');
  });
  const { source } = openElectric(await listen(electric), 'the-secret');
  const app = express();
  const rules = [{ table: contactsTable, role: 'VIEWER', scope: 'tenant' }] as const;
  app.use(
    '/shapes',
    createShapeRouter({
      rules,
      reader: () => ({ tenantId: TENANT, userId: 'user-1', deviceId: 'd', role: 'VIEWER' }),
      limitDays: async () => null,
      epoch: async () => 'cluster-1-5',
      source,
    }),
  );
  app.use(((error, _req, res, _next) => {
    res.status(error.code === 'unavailable' ? 503 : 500).json({ code: error.code, details: error.details });
  }) satisfies ErrorRequestHandler);
  ours = createServer(app);
  url = `${await listen(ours)}/shapes/contacts`;
});

afterEach(async () => {
  for (const server of [ours, electric]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('Electric is asked for our definition with our secret, and its protocol headers come back uncached', async () => {
  const reply = await fetch(`${url}?offset=-1&live=false`);
  expect(await reply.text()).toBe('[]');
  const headers = ['electric-handle', 'cache-control', 'switchboard-epoch'].map((name) => reply.headers.get(name));
  expect(headers).toEqual(['h-1', 'no-store', 'cluster-1-5']);
  const query = Object.fromEntries(asked[0]?.searchParams ?? []);
  expect(query).toMatchObject({
    table: 'contacts',
    where: '"tenant_id" = $1',
    'params[1]': TENANT,
    offset: '-1',
    secret: 'the-secret',
  });
  expect(query['columns']?.split(',')).not.toContain('tenant_id');
});

test('a client cannot choose another table, other rows, other columns or a subset', async () => {
  const greedy = new URLSearchParams({
    offset: '5_0',
    handle: 'h-1',
    table: 'users',
    where: 'true',
    'params[1]': 'another tenant',
    columns: 'password_hash',
    secret: 'guess',
    subset__where: 'true',
  });
  await fetch(`${url}?${greedy.toString()}`);
  const query = Object.fromEntries(asked[0]?.searchParams ?? []);
  expect(query).toMatchObject({
    table: 'contacts',
    where: '"tenant_id" = $1',
    'params[1]': TENANT,
    secret: 'the-secret',
    offset: '5_0',
    handle: 'h-1',
  });
  expect(JSON.stringify(query)).not.toMatch(/password_hash|another tenant|guess|subset/);
});

test.each([401, 403, 404])('a %s between us and Electric is no word about the person who asks', async (status) => {
  answer = {
    status,
    body: '{"message":"Unauthorized - Invalid API secret"}',
    headers: { 'www-authenticate': 'Basic' },
  };
  const reply = await fetch(`${url}?offset=-1`);
  // A desktop would take 401 for a session that is over, and empty its table after 403.
  expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([503, null]);
  expect(await reply.text()).not.toContain('secret');
});

test('a position that Electric does not have begins anew instead of ending the stream for ever', async () => {
  answer = { status: 400, body: '{"message":"Invalid request","errors":{"offset":["out of bounds for this shape"]}}' };
  const reply = await fetch(`${url}?offset=9_0&handle=h-1`);
  expect([reply.status, await reply.json()]).toEqual([409, [{ headers: { control: 'must-refetch' } }]]);
});

test('other words of Electric pass through: rotation, too many requests', async () => {
  answer = { status: 409, body: '[{"headers":{"control":"must-refetch"}}]', headers: { 'electric-handle': 'h-2' } };
  const rotated = await fetch(`${url}?offset=9_0&handle=h-1`);
  expect([rotated.status, rotated.headers.get('electric-handle')]).toEqual([409, 'h-2']);
  answer = { status: 503, body: '{}', headers: { 'retry-after': '7' } };
  const busy = await fetch(`${url}?offset=9_0&handle=h-1`);
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '7']);
});
