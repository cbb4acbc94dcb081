import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { expect, test } from 'vitest';
import { createApp } from './create-app.ts';
import { createMetrics } from './metrics.ts';

/** What the app answers to one request. */
async function ask(
  trustProxy: false | number | string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string; headers: Headers }> {
  const router = Router();
  router.get('/place', (req, res) => {
    res.send(req.ip);
  });
  const requestLog = (_req: unknown, _res: unknown, next: () => void) => next();
  const app = createApp({
    trustProxy,
    requestLog,
    protocol: { minimum: 2, current: 3 },
    metrics: createMetrics(),
    routers: [['/', router]],
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await reply.text();
  server.close();
  server.closeAllConnections();
  return { status: reply.status, text, headers: reply.headers };
}

/** Which address the server counts a request under that says it was forwarded. */
const placeOf = async (trustProxy: false | number | string, forwardedFor: string): Promise<string> =>
  (await ask(trustProxy, '/place', { 'x-forwarded-for': forwardedFor })).text;

test('every answer says which protocols the server speaks, also one that finds nothing', async () => {
  for (const path of ['/place', '/nowhere', '/api/server'])
    expect([path, (await ask(false, path, {})).headers.get('switchboard-protocol')]).toEqual([path, '2-3']);
  expect(JSON.parse((await ask(false, '/api/server', {})).text)).toMatchObject({
    data: { product: 'switchboard', protocol: { minimum: 2, current: 3 } },
  });
});

test('data goes only to apps that understand it, and the others are told what to do', async () => {
  const asked = (version?: string) =>
    ask(false, '/api/shapes/contacts', version === undefined ? {} : { 'switchboard-protocol': version });
  for (const old of [undefined, '1', 'x']) {
    const { status, text } = await asked(old);
    expect([old, status]).toEqual([old, 426]);
    expect(JSON.parse(text)).toMatchObject({ error: { details: { reason: 'protocol', minimum: 2, current: 3 } } });
  }
  for (const known of ['2', '3', '9']) expect([known, (await asked(known)).status]).toEqual([known, 404]);
});

test('nobody is believed about addresses unless they were named as a proxy', async () => {
  expect(await placeOf(false, '203.0.113.7')).toBe('127.0.0.1');
  expect(await placeOf('10.0.0.0/8', '203.0.113.7')).toBe('127.0.0.1');
  expect(await placeOf('loopback', '203.0.113.7')).toBe('203.0.113.7');
});

test('what a client forged before the last trusted proxy does not count', async () => {
  expect(await placeOf(1, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
});
