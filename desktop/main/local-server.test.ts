import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalServer, type ServerProcess } from './local-server.ts';

class Child extends EventEmitter {
  stdout = new PassThrough();
  stderr = new PassThrough();
  said: unknown[] = [];
  postMessage(message: unknown) {
    this.said.push(message);
    this.emit('exit', 0);
  }
  kill() {
    this.emit('exit', 1);
    return true;
  }
}

let dataDir: string;
let children: { env: Record<string, string>; child: Child }[];
let problems: unknown[];
const open = (then: (child: Child) => void = (child) => child.stdout.write('Switchboard server ready on http://x\n')) =>
  new LocalServer({
    dataDir,
    fork: (env) => {
      const child = new Child();
      children.push({ env, child });
      setImmediate(() => then(child));
      return child as unknown as ServerProcess;
    },
    onProblem: (error) => void problems.push(error),
  });

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'local-'));
  children = [];
  problems = [];
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('it listens on this computer alone, at an address that stays the same over restarts', async () => {
  const server = open();
  const [url, same] = await Promise.all([server.start(), server.start()]);
  expect(same).toBe(url);
  expect(children).toHaveLength(1);
  expect(children[0]?.env).toMatchObject({ HOST: '127.0.0.1', DATA_DIR: path.join(dataDir, 'server') });
  expect(url).toBe(`http://127.0.0.1:${children[0]?.env['PORT']}`);
  expect([url, 'http://127.0.0.1:1', null].map((one) => open().isHere(one))).toEqual([true, false, false]);
  expect(await open().start()).toBe(url);
});

test('one that does not start says why, and can be started again', async () => {
  let fails = true;
  const server = open((child) => {
    if (!fails) return void child.stdout.write('ready on http://x\n');
    child.stderr.write('The disk is full.\n');
    setImmediate(() => child.emit('exit', 1));
  });
  await expect(server.start()).rejects.toThrow(/did not start: The disk is full\..*Nothing was lost/);
  fails = false;
  await expect(server.start()).resolves.toContain('http://127.0.0.1:');
});

test('one that ends by itself is started again; one that is stopped is told so first, and stays stopped', async () => {
  const server = open();
  await server.start();
  children[0]?.child.emit('exit', 9);
  await vi.waitFor(() => expect(children).toHaveLength(2));
  await server.start();
  expect(problems).toHaveLength(1);
  await server.stop();
  expect(children[1]?.child.said).toEqual(['stop']);
  expect(children).toHaveLength(2);
});
