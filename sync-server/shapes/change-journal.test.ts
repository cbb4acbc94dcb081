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
  expect([journal.head, journal.floor]).toEqual([20n, 0n]);
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
  const { floor } = journal;
  expect(floor).toBeGreaterThan(0n);
  reopen();
  expect(journal.floor).toBeGreaterThanOrEqual(floor);
  expect(journal.floor).toBeLessThanOrEqual(oldest?.lsn ?? 0n);
});
