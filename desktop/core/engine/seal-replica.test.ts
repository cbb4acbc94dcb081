import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../../shared/kernel/must.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { openReplica } from '../replica/open-replica.ts';
import { isPlainDatabase } from '../replica/sealed-database.ts';
import { FaultPoints } from '../testing/fault-points.ts';
import { assertSound } from '../testing/replica-state.ts';
import { USER } from '../testing/fake-server.ts';
import { openOrRescue, type OpenedSafely } from './rescue-replica.ts';
import { stampOwner } from './replica-owner.ts';

const KEY = 'ab'.repeat(32);
const NAMES = 3_000;
const identity = { ...USER, role: 'OWNER' as const };
let dir: string;
let file: string;
const problems: unknown[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'seal-'));
  file = path.join(dir, 'replica.sqlite');
  problems.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** As a version that did not encrypt left it, with a log that was not written back. */
function makePlain(): void {
  const source = path.join(dir, 'source.sqlite');
  const before = openReplica(source);
  stampOwner(before, identity);
  before.tx(() => {
    for (let i = 0; i < NAMES; i += 1)
      runCommand(before, identity, { name: 'contacts.create', input: { firstName: `Planted ${i}` } }, i + 1);
  });
  for (const suffix of ['', '-wal', '-shm']) cpSync(source + suffix, file + suffix);
  before.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(source + suffix, { force: true });
}

const open = (key = KEY) => openOrRescue({ file, key }, identity, (_, error) => problems.push(error));
function expectWhole(): void {
  const { replica, notice } = open();
  assertSound(replica);
  expect(replica.db.prepare('SELECT count(*) FROM pending_write').pluck().get()).toBe(NAMES);
  expect(replica.db.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(NAMES);
  expect(notice).toBeNull();
  replica.close();
}
const planted = () => readdirSync(dir).filter((name) => readFileSync(path.join(dir, name)).includes('Planted'));

test('a replica of a version that did not encrypt is encrypted at the next start, its log and outbox with it', () => {
  makePlain();
  expect(planted()).not.toEqual([]);
  expectWhole();
  expect([isPlainDatabase(file), planted(), problems]).toEqual([false, [], []]);
});

test('encrypting that is killed at any moment leaves a replica that opens with everything in it', async () => {
  makePlain();
  const whole = mkdtempSync(path.join(tmpdir(), 'seal-whole-'));
  cpSync(dir, whole, { recursive: true });
  const script = fileURLToPath(new URL('../testing/seal-process.ts', import.meta.url));
  const outcomes = new Set<string>();
  for (let late = 0; late < 14; late += 1) {
    rmSync(dir, { recursive: true });
    cpSync(whole, dir, { recursive: true });
    const child = fork(script, [file, KEY]);
    await once(child, 'message');
    child.send('go');
    // Spread over the time that it takes, and a little more.
    setTimeout(() => child.kill('SIGKILL'), late * 4);
    await once(child, 'exit');
    outcomes.add(
      `${isPlainDatabase(file) ? 'old' : 'new'}${existsSync(path.join(dir, 'replica.sealing')) ? ', begun' : ''}`,
    );
    expectWhole();
    expect(planted()).toEqual([]);
  }
  rmSync(whole, { recursive: true });
  expect([...outcomes].some((outcome) => outcome.startsWith('old'))).toBe(true);
}, 60_000);

test('copies that were put aside unencrypted are encrypted too', () => {
  makePlain();
  for (const suffix of ['', '-wal', '-shm'])
    cpSync(file + suffix, path.join(dir, `replica.other-owner-1.sqlite${suffix}`));
  open().replica.close();
  expect(planted()).toEqual([]);
  const aside = openReplica(path.join(dir, 'replica.other-owner-1.sqlite'), KEY);
  expect(aside.db.prepare('SELECT count(*) FROM pending_write').pluck().get()).toBe(NAMES);
  aside.close();
});

test('where there is no room to encrypt, work goes on and the person is told', () => {
  makePlain();
  const faults = new FaultPoints();
  let opened: OpenedSafely | undefined;
  // The first statement of all is the look into the finished copy.
  faults.failAt(1, 'full disk', () => (opened = open()));
  faults.remove();
  const { replica, place, notice } = must(opened, 'an open replica');
  expect(place.key).toBeNull();
  expect(notice).toMatch(/could not be encrypted yet/);
  expect(replica.db.prepare('SELECT count(*) FROM pending_write').pluck().get()).toBe(NAMES);
  replica.close();
});
