import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { expect, test } from 'vitest';
import { createApp } from './create-app.ts';
import { createMetrics } from './metrics.ts';

/** Which address the server counts a request under that says it was forwarded. */
async function placeOf(trustProxy: false | number | string, forwardedFor: string): Promise<string> {
  const router = Router();
  router.get('/place', (req, res) => {
    res.send(req.ip);
  });
  const requestLog = (_req: unknown, _res: unknown, next: () => void) => next();
  const app = createApp({ trustProxy, requestLog, metrics: createMetrics(), routers: [['/', router]] });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const reply = await fetch(`http://127.0.0.1:${port}/place`, { headers: { 'x-forwarded-for': forwardedFor } });
  const place = await reply.text();
  server.close();
  server.closeAllConnections();
  return place;
}

test('nobody is believed about addresses unless they were named as a proxy', async () => {
  expect(await placeOf(false, '203.0.113.7')).toBe('127.0.0.1');
  expect(await placeOf('10.0.0.0/8', '203.0.113.7')).toBe('127.0.0.1');
  expect(await placeOf('loopback', '203.0.113.7')).toBe('203.0.113.7');
});

test('what a client forged before the last trusted proxy does not count', async () => {
  expect(await placeOf(1, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
});
