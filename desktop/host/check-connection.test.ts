import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { checkConnection } from './check-connection.ts';
import { readAddress } from './server-address.ts';
import { SELF_SIGNED } from './self-signed.fake.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const answering = (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  function answer(_req, res) {
    res.writeHead(status, headers).end(body);
  };
const about = (minimum: number, current: number) =>
  JSON.stringify({ data: { product: 'switchboard', version: '9.8.7', protocol: { minimum, current } } });

test('a Switchboard server tells its version, and whether this app can work with it', async () => {
  const port = await listen(createServer(answering(200, about(1, 1))));
  expect(await checkConnection(` localhost:${port}/ `)).toEqual({
    ok: true,
    serverUrl: `http://localhost:${port}`,
    version: '9.8.7',
    protocol: { minimum: 1, current: 1 },
    skew: null,
  });
  const newer = await listen(createServer(answering(200, about(7, 9))));
  expect(await checkConnection(`http://127.0.0.1:${newer}`)).toMatchObject({ ok: true, skew: 'app-too-old' });
});

test('anything else that answers is no Switchboard, and a redirect is not followed', async () => {
  const other = await listen(createServer(answering(200, '<h1>Printer</h1>')));
  expect(await checkConnection(`127.0.0.1:${other}`)).toMatchObject({ ok: false, why: 'not-switchboard' });
  const good = await listen(createServer(answering(200, about(1, 1))));
  const location = `http://127.0.0.1:${good}/api/server`;
  const moved = await listen(createServer(answering(302, '', { location })));
  expect(await checkConnection(`127.0.0.1:${moved}`)).toMatchObject({ ok: false, why: 'not-switchboard' });
});

test('silence and a foreign certificate are told apart', async () => {
  const port = await listen(createServer());
  servers.pop()?.close();
  expect(await checkConnection(`127.0.0.1:${port}`)).toMatchObject({ ok: false, why: 'out-of-reach' });
  const tls = await listen(createTlsServer(SELF_SIGNED, answering(200, about(1, 1))));
  expect(await checkConnection(`https://127.0.0.1:${tls}`)).toMatchObject({ ok: false, why: 'certificate' });
});

const resolve = (addresses: string[]) => async () => addresses;

test.each([
  ['https://crm.acme.test/', 'https://crm.acme.test/'],
  ['crm.acme.test', 'https://crm.acme.test/'],
  ['localhost:5002', 'http://localhost:5002/'],
  ['127.0.0.1:5002', 'http://127.0.0.1:5002/'],
  ['[::1]:5002', 'http://[::1]:5002/'],
  ['http://192.168.1.20:5002', 'http://192.168.1.20:5002/'],
  ['https://localhost', 'https://localhost/'],
])('%s is understood as %s', async (typed, url) => {
  const read = await readAddress(typed, resolve([]));
  expect(read.ok && read.url.href).toBe(url);
});

test.each(['', 'ftp://x.test', 'https://', 'https://u:p@crm.test', 'https://crm.test/?a=1', 'two words'])(
  '“%s” is no address',
  async (typed) => expect(await readAddress(typed, resolve([]))).toMatchObject({ ok: false, why: 'no-address' }),
);

test('plain http is refused beyond this computer and its network, also for names that point only partly there', async () => {
  for (const [typed, addresses] of [
    ['http://crm.acme.test', ['203.0.113.7']],
    ['http://8.8.8.8', []],
    ['http://mixed.test', ['192.168.1.2', '203.0.113.7']],
    ['http://nowhere.test', []],
  ] as const)
    expect(await readAddress(typed, resolve([...addresses]))).toMatchObject({ ok: false, why: 'plain-http' });
  expect(await readAddress('http://office.test', resolve(['10.1.2.3', 'fd00::1']))).toMatchObject({ ok: true });
});
