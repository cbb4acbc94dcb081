import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ServerLine } from './server-line.ts';

let end = async (): Promise<void> => {};
afterEach(() => end());

async function lineTo(answer: RequestListener): Promise<ServerLine> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line = new ServerLine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, Date.now, () => {});
  end = async () => {
    line.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return line;
}

test('a server that takes a request and never answers is out of reach', async () => {
  const line = await lineTo(() => {});
  await expect(line.post('/api/sync/push', {}, 'token', AbortSignal.timeout(50))).rejects.toThrow(/out of reach/);
  expect(line.offlineSince).not.toBeNull();
});

test('a request that is given up by its sender says nothing about the line', async () => {
  const line = await lineTo(() => {});
  const aborter = new AbortController();
  const asked = line.post('/api/sync/push', {}, 'token', aborter.signal);
  aborter.abort();
  await expect(asked).rejects.toThrow();
  expect(line.offlineSince).toBeNull();
});

test('a request that a proxy finds too large says so, whoever wrote the answer', async () => {
  const line = await lineTo((_, response) =>
    response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413</h1>'),
  );
  await expect(line.post('/api/sync/push', {}, 'token')).rejects.toMatchObject({ details: { reason: 'too_large' } });
});
