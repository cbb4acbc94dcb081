import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChangeJournal } from './change-journal.ts';

let dir: string;
let journal: ChangeJournal;
const small = { segmentBytes: 200, keptSegments: 3 };

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'journal-'));
  journal = new ChangeJournal(dir, small);
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const reopen = () => {
  journal.close();
  journal = new ChangeJournal(dir, small);
};
const write = (lsn: number) => {
  journal.append({ shape: 'contacts', lsn: BigInt(lsn), xid: lsn, op: 0, messages: `{"change":${lsn}}` });
  journal.commit(BigInt(lsn));
};
const read = () => journal.recordsAfter('contacts', 0n, 0).map((record) => journal.read(record).toString());

test('what was committed is there after a restart, in order', () => {
  write(10);
  write(20);
  reopen();
  expect(read()).toEqual(['{"change":10}', '{"change":20}']);
  expect([journal.head, journal.floorOf('contacts')]).toEqual([20n, 0n]);
});

test('a transaction that was cut off is not read, and its successor is', () => {
  write(10);
  journal.append({ shape: 'contacts', lsn: 20n, xid: 20, op: 0, messages: '{"half":true}' });
  reopen();
  expect(read()).toEqual(['{"change":10}']);
  journal.append({ shape: 'contacts', lsn: 20n, xid: 20, op: 0, messages: '{"half":true}' });
  journal.abandon();
  write(30);
  reopen();
  expect(read()).toEqual(['{"change":10}', '{"change":30}']);
});

test('a torn last line costs only what it was part of', () => {
  write(10);
  appendFileSync(path.join(dir, '1.log'), 'R contacts 20 20 0 500\n{"ch');
  reopen();
  expect(read()).toEqual(['{"change":10}']);
});

test('after a restart it still knows that older changes were dropped, so that nobody who was away longer misses them', () => {
  for (let lsn = 10; lsn <= 500; lsn += 10) write(lsn);
  const [oldest] = journal.recordsAfter('contacts', 0n, 0);
  const floor = journal.floorOf('contacts');
  expect(floor).toBeGreaterThan(0n);
  expect(floor).toBeLessThan(oldest?.lsn ?? 0n);
  reopen();
  expect(journal.floorOf('contacts')).toBe(floor);
});

test('readers of an idle shape lose nothing when others are busy', () => {
  journal.append({ shape: 'idle', lsn: 5n, xid: 5, op: 0, messages: '{"change":5}' });
  journal.commit(5n);
  journal.append({ shape: 'unread', lsn: 6n, xid: 6, op: 0, messages: '{"change":6}' });
  journal.commit(6n);
  for (let lsn = 10; lsn <= 500; lsn += 10) write(lsn);
  expect(journal.floorOf('idle')).toBe(5n);
  reopen();
  expect(journal.floorOf('idle')).toBe(5n);
  journal.retain((shape) => shape !== 'unread');
  expect(journal.floorOf('unread')).toBe(0n);
});

test('a cleared journal is empty, also after a restart', () => {
  write(10);
  journal.clear();
  expect([journal.head, read()]).toEqual([0n, []]);
  write(3);
  reopen();
  expect([journal.head, read()]).toEqual([3n, ['{"change":3}']]);
});

test('who had only the first part of a transaction does not reach over the rest once it is dropped', () => {
  for (const op of [0, 2]) journal.append({ shape: 'contacts', lsn: 5n, xid: 5, op, messages: '{"change":5}' });
  journal.commit(5n);
  for (let lsn = 10; lsn <= 500; lsn += 10) {
    journal.append({ shape: 'busy', lsn: BigInt(lsn), xid: lsn, op: 0, messages: '{"change":1}' });
    journal.commit(BigInt(lsn));
  }
  const reached = () => [0, 2].map((op) => journal.reaches('contacts', 5n, op));
  expect(journal.recordsAfter('contacts', 0n, 0)).toEqual([]);
  expect(reached()).toEqual([false, true]);
  reopen();
  expect(reached()).toEqual([false, true]);
});

test('what a full disk cut off is taken back, and comes again whole', () => {
  const script = new URL('../testing/fill-journal.ts', import.meta.url).pathname;
  // The limit is in blocks of 512 or 1024 bytes, by the shell.
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, script, dir]);
  expect([stdout.toString(), stderr.toString()]).toEqual(['EFBIG', '']);
  journal.close();
  journal = new ChangeJournal(dir);
  const texts = journal.recordsAfter('contacts', 0n, 0).map((record) => journal.read(record).toString());
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.map((text) => (JSON.parse(text) as { change: number }).change)).toEqual(texts.map((_, i) => i + 1));
  expect(journal.head).toBe(BigInt(texts.length));
});
