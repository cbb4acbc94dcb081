import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { superviseThread, type Thread } from './supervise-thread.ts';

/** Speaks the protocol of `ThreadLink`: answers a call with its method, and dies when asked to. */
const WORKER = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, method }) => {
  if (method === 'die') process.exit(1);
  parentPort.postMessage({ kind: 'answer', id, data: method });
});`;

let dir: string;
let thread: Thread | null = null;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'threads-'));
  writeFileSync(path.join(dir, 'worker.mjs'), WORKER);
});
afterEach(async () => {
  await thread?.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a thread that cannot start again is tried until it can', async () => {
  let starts = 0;
  thread = superviseThread(pathToFileURL(path.join(dir, 'worker.mjs')), {
    name: 'test',
    workerData: null,
    handlers: { answer: () => null },
    onStart: async () => {
      starts += 1;
      if (starts === 2) throw new Error('the disk is full');
    },
    log: { error: () => {} },
  });
  await thread.ready();
  await expect(thread.call('die', null)).rejects.toThrow(/had to start again/);
  await vi.waitFor(async () => expect(await thread?.call('hello', null)).toBe('hello'), { timeout: 8_000 });
  expect(starts).toBe(3);
});
