import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertLocal } from './assert-local.ts';

let server: Server;
beforeAll(async () => {
  const app = express();
  app.get('/', assertLocal, (_req, res) => void res.json({}));
  const refuse: ErrorRequestHandler = (error: { code?: string }, _req, res, _next) =>
    void res.sendStatus(error.code === 'forbidden' ? 403 : 500);
  app.use(refuse);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

/** Not by fetch, which does not let a caller choose its Host. */
const statusWith = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: '127.0.0.1', headers }, (res) => resolve(res.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('a browser on this computer is let in, a page of elsewhere and a name that was pointed at us are not', async () => {
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
  expect(await statusWith({ host: 'evil.example' })).toBe(403);
});

const NAMES = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-original-forwarded-for',
  'forwarded',
  'via',
];
test.each([...NAMES, 'cf-connecting-ip'])(
  'whoever comes through a proxy on this computer is not at it (%s)',
  async (name) => {
    expect(await statusWith({ host: '127.0.0.1:3000', [name]: '203.0.113.9' })).toBe(403);
  },
);

test('nor is whoever comes through nginx as it is set up when nobody says what to tell', async () => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  // proxy_pass http://127.0.0.1:<port> and nothing else.
  socket.write(`GET / HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  const answer = (await socket.toArray()).join('');
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});
