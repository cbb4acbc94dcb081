import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Bridge } from '../../shared/bridge/bridge-contract.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

let dir: string;
let host: WebHost;
const listeners = new Set<(payload: never) => void>();

const bridge = {
  call: async (method: string) => ({ data: `answer of ${method}` }),
  subscribe: (topic: string, listener: (payload: never) => void) => {
    if (topic === 'sync') listeners.add(listener);
    return () => listeners.delete(listener);
  },
} as unknown as Bridge;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'web-host-'));
  writeFileSync(path.join(dir, 'index.html'), '<h1>Switchboard</h1>');
  host = await startWebHost({ bridge, port: 0, rendererDir: dir });
});

afterEach(async () => {
  await host.close();
  rmSync(dir, { recursive: true });
});

const origin = () => new URL(host.url).origin;
const openLink = async () =>
  (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';

const dial = (headers: Record<string, string>) =>
  new Promise<{ status: number; ws: WebSocket | null }>((resolve) => {
    const ws = new WebSocket(`${origin().replace('http', 'ws')}/bridge`, { headers });
    ws.once('open', () => resolve({ status: 101, ws }));
    ws.once('unexpected-response', (_req, res) => resolve({ status: res.statusCode ?? 0, ws: null }));
  });

test('the printed link gives the cookie, drops the key from the address, and the bridge answers', async () => {
  const { ws } = await dial({ origin: origin(), cookie: await openLink() });
  const reply = new Promise((resolve) => ws?.once('message', (data: Buffer) => resolve(JSON.parse(String(data)))));
  ws?.send(JSON.stringify({ id: 7, method: 'contacts.count', args: {} }));
  expect(await reply).toEqual({ id: 7, reply: { data: 'answer of contacts.count' } });
  ws?.terminate();
});

test('what the core announces reaches the page, until it closes', async () => {
  const { ws } = await dial({ origin: origin(), cookie: await openLink() });
  const heard = new Promise((resolve) => ws?.once('message', (data: Buffer) => resolve(JSON.parse(String(data)))));
  for (const listener of listeners) listener({ status: 'saved' } as never);
  expect(await heard).toEqual({ topic: 'sync', payload: { status: 'saved' } });
  ws?.terminate();
});

test('a foreign page gets neither the bridge nor the cookie', async () => {
  const cookie = await openLink();
  expect((await dial({ origin: 'https://evil.example', cookie })).status).toBe(403);
  const page = await fetch(`${origin()}/`, {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
  });
  expect(page.headers.get('set-cookie')).toBeNull();
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('a frame that is no JSON closes the connection and nothing else', async () => {
  const cookie = await openLink();
  const first = await dial({ origin: origin(), cookie });
  const closed = new Promise((resolve) => first.ws?.once('close', (code: number) => resolve(code)));
  first.ws?.send('%%%');
  expect(await closed).toBe(1007);
  const second = await dial({ origin: origin(), cookie });
  expect(second.status).toBe(101);
  second.ws?.terminate();
});

test('a port in use is named in one sentence', async () => {
  const port = Number(new URL(host.url).port);
  await expect(startWebHost({ bridge, port, rendererDir: dir })).rejects.toThrow(
    `Port ${port} is in use. Set WEB_PORT`,
  );
});
