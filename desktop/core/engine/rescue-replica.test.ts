import { mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { openReplica } from '../replica/open-replica.ts';
import { USER } from '../testing/fake-server.ts';
import { openOrRescue } from './rescue-replica.ts';

const identity = { ...USER, role: 'OWNER' as const };
let dir: string;
let file: string;
const problems: unknown[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rescue-'));
  file = path.join(dir, 'replica.sqlite');
  problems.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const rescue = () => openOrRescue(file, identity, (_, error) => problems.push(error));

test('a replica with a torn page begins anew with every unsent change', () => {
  const before = openReplica(file);
  const id = newId<'contact'>();
  runCommand(before, identity, { name: 'contacts.create', input: { id, firstName: 'Ada' } }, 1);
  const page = before.db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'contacts'`).pluck().get() as number;
  const size = before.db.pragma('page_size', { simple: true }) as number;
  before.close();
  writeSync(openSync(file, 'r+'), Buffer.alloc(size, 0xee), 0, size, (page - 1) * size);

  const after = rescue();
  expect(after.db.prepare('SELECT id, first_name FROM contacts').all()).toEqual([{ id, first_name: 'Ada' }]);
  expect(after.db.prepare('SELECT name, state FROM pending_write').all()).toEqual([
    { name: 'contacts.create', state: 'queued' },
  ]);
  expect(problems).toEqual([expect.stringContaining('1 unsent changes were kept')]);
  after.close();
});

test('a file that is no database at all is put aside, not thrown away', () => {
  writeFileSync(file, 'x'.repeat(10_000));
  rescue().close();
  expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toHaveLength(1);
});

test('a sound replica is opened as it is', () => {
  openReplica(file).close();
  rescue().close();
  expect([readdirSync(dir).filter((name) => name.includes('damaged')), problems]).toEqual([[], []]);
});
