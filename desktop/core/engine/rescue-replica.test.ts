import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { openReplica as openWith, type Replica } from '../replica/open-replica.ts';
import { refuseWrite } from '../sync/outbox.ts';
import { USER } from '../testing/fake-server.ts';
import { openOrRescue } from './rescue-replica.ts';

const KEY = 'ab'.repeat(32);
const openReplica = (at: string) => openWith(at, KEY);
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

const rescue = (who = identity) => openOrRescue({ file, key: KEY }, who, (_, error) => problems.push(error));
const aside = (why: string) => readdirSync(dir).filter((name) => name.includes(why) && name.endsWith('.sqlite'));

function tear(replica: Replica, table: string): void {
  const page = replica.db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  const size = replica.db.pragma('page_size', { simple: true }) as number;
  replica.close();
  writeSync(openSync(file, 'r+'), Buffer.alloc(size, 0xee), 0, size, (page - 1) * size);
}

test('a replica with a torn page begins anew with every unsent and every refused change', () => {
  const before = openReplica(file);
  const id = newId<'contact'>();
  runCommand(before, identity, { name: 'contacts.create', input: { id, firstName: 'Ada' } }, 1);
  const bea = runCommand(before, identity, { name: 'contacts.create', input: { firstName: 'Bea' } }, 2);
  refuseWrite(before, bea.writeId, { code: 'limit_reached', message: 'No room.', details: { limit: 5 } });
  const refused = before.db.prepare('SELECT * FROM refused_write').all();
  const marks = before.db.prepare('SELECT * FROM write_mark').all();
  tear(before, 'contacts');

  const { replica: after, notice } = rescue();
  expect(after.db.prepare('SELECT id, first_name FROM contacts').all()).toEqual([{ id, first_name: 'Ada' }]);
  expect(after.db.prepare('SELECT name, state FROM pending_write').all()).toEqual([
    { name: 'contacts.create', state: 'queued' },
  ]);
  expect(after.db.prepare('SELECT * FROM refused_write').all()).toEqual(refused);
  expect(after.db.prepare('SELECT * FROM write_mark').all()).toEqual(marks);
  expect(problems).toEqual([expect.stringContaining('2 unsent changes were kept')]);
  expect(notice).toBe(
    'The data on this computer was damaged and is being fetched anew. 2 changes that were not saved were found in it and kept.',
  );
  after.close();
});

test('a rescue that is cut off is begun again with everything that was not sent', () => {
  const before = openReplica(file);
  runCommand(before, identity, { name: 'contacts.create', input: { firstName: 'Ada' } }, 1);
  tear(before, 'contacts');
  // Cut off while it is written into the new file whose it is: after the look at the old one.
  let looks = 0;
  const cutOff = {
    ...identity,
    get userId() {
      looks += 1;
      if (looks > 1) throw new Error('cut off');
      return identity.userId;
    },
  };
  expect(() => rescue(cutOff)).toThrow('cut off');
  const { replica: after } = rescue();
  expect(after.db.prepare('SELECT first_name FROM contacts').pluck().all()).toEqual(['Ada']);
  expect(after.db.prepare('SELECT name FROM pending_write').pluck().all()).toEqual(['contacts.create']);
  after.close();
});

test('a file that is no database at all is put aside, not thrown away', () => {
  writeFileSync(file, 'x'.repeat(10_000));
  rescue().replica.close();
  expect(aside('locked')).toHaveLength(1);
});

test('a sound replica is opened as it is', () => {
  openReplica(file).close();
  const { replica, notice } = rescue();
  replica.close();
  expect([aside('damaged'), problems, notice]).toEqual([[], [], null]);
});

test.each([
  ['another user', { ...identity, userId: newId<'user'>() }],
  ['another tenant', { ...identity, tenantId: newId<'tenant'>() }],
])('the replica of %s is put aside as it is, and nothing of it is shown', (_, other) => {
  const { replica: before } = rescue();
  runCommand(before, identity, { name: 'contacts.create', input: { firstName: 'Ada' } }, 1);
  before.close();
  const bytes = readFileSync(file);

  const { replica: after, notice } = rescue(other);
  expect(after.db.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(0);
  expect(after.db.prepare('SELECT count(*) FROM pending_write').pluck().get()).toBe(0);
  expect(notice).toContain('belongs to somebody else');
  after.close();
  const [kept = ''] = aside('other-owner');
  expect(readFileSync(path.join(dir, kept)).equals(bytes)).toBe(true);
});

test('the replica of a newer version is left untouched', () => {
  const { replica } = rescue();
  replica.db.pragma('user_version = 999');
  replica.close();
  const bytes = readFileSync(file);
  expect(rescue).toThrow(/newer version of Switchboard. Nothing was changed/);
  expect(readdirSync(dir).filter((name) => name.endsWith('.sqlite'))).toEqual(['replica.sqlite']);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('a change that cannot be read is left out, one that makes no sense any more is kept for the server to refuse', () => {
  const before = openReplica(file);
  for (const [name, input] of [
    ['contacts.create', '{"firstName":"A'],
    ['contacts.update', '{"nothing":"known"}'],
    ['contacts.ofTomorrow', '{"id":1}'],
  ])
    before
      .sql('INSERT INTO pending_write (write_id, name, input, made_at, unit) VALUES (?, ?, ?, 1, 1)')
      .run(newId(), name, input);
  tear(before, 'contacts');
  const { replica: after } = rescue();
  expect(after.db.prepare('SELECT name FROM pending_write ORDER BY seq').pluck().all()).toEqual([
    'contacts.update',
    'contacts.ofTomorrow',
  ]);
  after.close();
});
