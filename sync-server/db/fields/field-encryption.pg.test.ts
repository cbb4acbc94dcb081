import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProtocolClient } from '../../shapes/testing/protocol-client.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { convertFields, retireKeys, reviveKeys, rotateMasterKey } from './convert-fields.ts';
import { assertKeysFit, createFieldKeys, KEY_MEMORY_MS } from './field-keys.ts';

const MASTER = { id: 'first', key: randomBytes(32) };
const NEXT = { id: 'second', key: randomBytes(32) };
const SECRET = 'Prefers "calls"\nafter six \\ never by mail, código 4711';

let stack: TestStack;
let dir: string;
let owner: Person;
let agent: Person;
let contactId: string;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'fields-'));
  stack = await startTestStack({
    ELECTRIC_URL: '',
    SERVER_ROLES: 'web,shapes',
    DATA_DIR: dir,
    FIELD_ENCRYPTION_KEYS: `${MASTER.id}:${MASTER.key.toString('base64')}`,
  });
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  contactId = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id: contactId, firstName: 'Ada' } });
});
afterAll(async () => {
  await stack.close();
  rmSync(dir, { recursive: true, force: true });
});

const addNote = async (body: string): Promise<string> => {
  const id = randomUUID();
  expect(await owner.push({ name: 'notes.add', input: { id, contactId, body } })).toMatchObject([
    { status: 'accepted' },
  ]);
  return id;
};
const stored = async (id: string) =>
  (await stack.rows<{ body: string }>('select body from notes where id = $1', id))[0]?.body;
/** Every text in every table of ours that holds the words. */
async function placesOf(words: string): Promise<string[]> {
  const tables = await stack.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema in ('public') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    for (const { row } of await stack.rows<{ row: string }>(
      `select t::text as row from ${name} t where t::text like $1`,
      `%${words}%`,
    ))
      found.push(`${name}: ${row}`);
  return found;
}
const follow = async (table: string, who: Person = owner) => {
  const client = new ProtocolClient(`${stack.url}/api/shapes/${table}`, {}, who.headers);
  await client.until(({ upToDate }) => upToDate);
  return client;
};

test('a note is stored sealed wherever the server keeps it, and read as it was written by who may', async () => {
  const id = await addNote(SECRET);
  await owner.push({ name: 'notes.edit', input: { id, body: `${SECRET} anew` } });
  await owner.push({ name: 'notes.delete', input: { id: await addNote(`${SECRET} deleted`) } });
  expect(await stored(id)).toMatch(/^enc1\.[\w-]+$/);
  expect(await placesOf('never by mail')).toEqual([]);
  const client = await follow('notes');
  expect([...client.rows.values()].find((row) => row['id'] === id)?.['body']).toBe(`${SECRET} anew`);
  const live = client.until(({ rows }) => [...rows.values()].some(({ body }) => body === 'Live "words"'));
  await addNote('Live "words"');
  await live;
  const acts = await follow('acts');
  const edit = [...acts.rows.values()].find((row) => row['action'] === 'notes.edit' && row['entity_id'] === id);
  expect(JSON.parse(edit?.['after'] ?? '{}')).toEqual({ body: `${SECRET} anew` });
  expect(JSON.parse(edit?.['undo'] ?? '{}')).toEqual({ name: 'notes.edit', input: { id, body: SECRET } });
  const { body } = await owner.call('GET', `/activity?entity=note&entityId=${id}`);
  expect(body.data?.[0]).toMatchObject({ after: { body: `${SECRET} anew` } });
});

test('an edit is taken back, and edits that meet are noted and restored, as without encryption', async () => {
  const id = await addNote('First');
  await owner.push({ name: 'notes.edit', input: { id, body: 'Second' } });
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'notes.edit' and entity_id = $1`,
    id,
  );
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([{ status: 'accepted' }]);
  const [row] = await stack.rows<{ at: number }>(
    `select (extract(epoch from updated_at) * 1000)::float8 as at from notes where id = $1`,
    id,
  );
  const manager = await stack.join(owner, 'MANAGER');
  await manager.push({ name: 'notes.edit', input: { id, body: 'Theirs' } });
  await owner.push({ name: 'notes.edit', input: { id, body: 'Mine' }, basedOn: { [id]: row?.at ?? 0 } });
  const met = [...(await follow('met_changes', agent)).rows.values()].find((one) => one['entity_id'] === id);
  expect([JSON.parse(met?.['mine'] ?? '{}'), JSON.parse(met?.['theirs'] ?? '{}')]).toEqual([
    { body: 'Mine' },
    { body: 'Theirs' },
  ]);
  expect(await owner.push({ name: 'merges.restore', input: { id: met?.['id'] } })).toMatchObject([
    { status: 'accepted' },
  ]);
  const client = await follow('notes');
  await client.until(({ rows }) => [...rows.values()].find((one) => one['id'] === id)?.['body'] === 'Theirs');
  expect(await placesOf('Theirs')).toEqual([]);
});

test('the same words are another value in another note, and another tenant’s key opens neither', async () => {
  const [one, two] = [await addNote('Same'), await addNote('Same')];
  expect(await stored(one)).not.toBe(await stored(two));
  const stranger = await stack.signUp();
  const fields = createFieldKeys(stack.database.pool, [MASTER]);
  const theirs = JSON.stringify({ body: await stored(one) });
  expect(await fields.open(stranger.tenantId, theirs)).toBe(theirs);
  expect(JSON.parse(await fields.open(owner.tenantId, theirs))).toEqual({ body: 'Same' });
});

test('what was stored before is sealed by a command and opened by another, with the log of acts and the trash', async () => {
  const { pool } = stack.database;
  let clock = Date.now();
  const fields = createFieldKeys(pool, [MASTER], () => clock);
  await fields.seal(owner.tenantId, 'x', 'x');
  await retireKeys(pool);
  clock += KEY_MEMORY_MS;
  expect(await fields.seal(owner.tenantId, 'x', 'not sealed any more')).toBe('not sealed any more');
  expect(await convertFields(pool, [MASTER], fields, 'open')).toBeGreaterThan(5);
  const holders = new Set((await placesOf('never by mail')).map((place) => place.split(':')[0]));
  expect(holders).toEqual(new Set(['acts', 'audit_log', 'notes', 'trash']));

  await reviveKeys(pool);
  const again = createFieldKeys(pool, [MASTER]);
  expect(await convertFields(pool, [MASTER], again, 'sealed')).toBeGreaterThan(5);
  expect(await placesOf('never by mail')).toEqual([]);
  expect(await convertFields(pool, [MASTER], again, 'sealed')).toBe(0);
});

test('a master key is replaced without touching what is encrypted, and without it the server does not start', async () => {
  const { pool } = stack.database;
  const id = await addNote('Rotated');
  const before = await stored(id);
  expect(await rotateMasterKey(pool, [NEXT, MASTER])).toBeGreaterThan(0);
  await expect(assertKeysFit(pool, [MASTER])).rejects.toThrow('Add it to FIELD_ENCRYPTION_KEYS');
  await assertKeysFit(pool, [NEXT]);
  expect(await stored(id)).toBe(before);
  expect(JSON.parse(await createFieldKeys(pool, [NEXT]).open(owner.tenantId, JSON.stringify([before])))).toEqual([
    'Rotated',
  ]);
});
