import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startLogStage, type LogStage } from '../testing/log-stage.ts';
import { ProtocolClient, type WireMessage } from '../testing/protocol-client.ts';
import { createRawApp } from './raw-app.ts';

let stage: LogStage;

beforeAll(async () => {
  stage = await startLogStage(
    inject('postgresUrl'),
    `create schema "Odd.Schema";
     create table "Odd.Schema"."a/b ""c""" ("Key/1" text, k2 int, "has,comma" text, primary key (k2, "Key/1"));
     create table nokey (b text, a int);
     create table moved (id int primary key, name text, n int not null default 0);
     create table altered (id int primary key, name text);
     create table remade (id int primary key);
     create table typed (id int primary key, b bool, at timestamptz(3), n numeric(12,2), tags text[], raw bytea, j jsonb, c char(5))`,
    createRawApp,
  );
});
afterAll(() => stage.close());

const follow = async (query: Record<string, string>) => {
  const client = new ProtocolClient(`${stage.url}/v1/shape`, query);
  await client.until(({ upToDate }) => upToDate);
  return client;
};
const ask = (query: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${stage.url}/v1/shape?${new URLSearchParams(query).toString()}`, init);
/** The next changes of a client that is up to date. */
const nextOf = async (client: ProtocolClient): Promise<WireMessage[]> => {
  const { messages } = await client.ask();
  return messages.filter(({ key }) => key);
};

test('keys of several columns and odd names are the same in snapshot and stream', async () => {
  const table = `"Odd.Schema"."a/b ""c"""`;
  await stage.db.query(`insert into ${table} values ('x/"y', 7, 'before')`);
  const client = await follow({ table });
  const key = `"Odd..Schema"."a//b "c""/"7"/"x//"y"`;
  expect([...client.rows]).toEqual([[key, { 'Key/1': 'x/"y', k2: '7', 'has,comma': 'before' }]]);
  await stage.db.query(`update ${table} set "has,comma" = 'after'`);
  expect(await nextOf(client)).toMatchObject([{ key, value: { 'Key/1': 'x/"y', k2: '7', 'has,comma': 'after' } }]);
});

test('rows of a table without a primary key are named by all their columns', async () => {
  await stage.db.query(`insert into nokey values ('one', null)`);
  const client = await follow({ table: 'nokey' });
  expect([...client.rows.keys()]).toEqual(['"public"."nokey"/_/"one"']);
  await stage.db.query(`delete from nokey`);
  expect(await nextOf(client)).toMatchObject([{ value: { a: null, b: 'one' }, headers: { operation: 'delete' } }]);
  expect(client.rows.size).toBe(0);
});

test('a changed primary key is a delete and an insert, and in full what was before is told', async () => {
  await stage.db.query(`insert into moved values (1, 'a')`);
  const [plain, full] = [await follow({ table: 'moved' }), await follow({ table: 'moved', replica: 'full' })];
  expect(plain.handle).not.toBe(full.handle);
  await stage.db.query(`update moved set id = 2`);
  expect((await nextOf(plain)).map(({ value, headers }) => [headers.operation, value])).toEqual([
    ['delete', { id: '1' }],
    ['insert', { id: '2', name: 'a', n: '0' }],
  ]);
  await nextOf(full);
  await stage.db.query(`update moved set name = 'b'`);
  expect(await nextOf(plain)).toMatchObject([{ value: { id: '2', name: 'b' } }]);
  expect(await nextOf(full)).toMatchObject([{ value: { id: '2', name: 'b', n: '0' }, old_value: { name: 'a' } }]);
});

test('values are the same text in snapshot and stream, except booleans, as Electric has them', async () => {
  const client = await follow({ table: 'typed' });
  const values = `true, '2026-01-02 04:04:05.678+01', 12.5, '{a,"b c",NULL}', '\\xdeadbeef', '{"b":1,"a":[1,2]}', 'ab'`;
  await stage.db.query(`insert into typed values (1, ${values})`);
  const [live] = await nextOf(client);
  const snapshot = (await follow({ table: 'typed', where: 'id = 1' })).rows.get('"public"."typed"/"1"');
  expect(live?.value).toEqual({ ...snapshot, b: 't' });
  expect(snapshot).toEqual({
    id: '1',
    b: 'true',
    at: '2026-01-02 03:04:05.678+00',
    n: '12.50',
    tags: '{a,"b c",NULL}',
    raw: '\\xdeadbeef',
    j: '{"a": [1, 2], "b": 1}',
    c: 'ab   ',
  });
  const schema = JSON.parse((await ask({ table: 'typed', offset: '-1' })).headers.get('electric-schema') ?? '');
  expect(schema).toEqual({
    id: { type: 'int4', not_null: true, pk_index: 0 },
    b: { type: 'bool' },
    at: { type: 'timestamptz', precision: 3 },
    n: { type: 'numeric', precision: 12, scale: 2 },
    tags: { type: 'text', dims: 1 },
    raw: { type: 'bytea' },
    j: { type: 'jsonb' },
    c: { type: 'bpchar', length: 5 },
  });
});

test('an altered column makes the readers of that column begin anew, and an added one nobody', async () => {
  await stage.db.query(`insert into altered values (1, 'a')`);
  const [both, idOnly] = [await follow({ table: 'altered' }), await follow({ table: 'altered', columns: 'id' })];
  const named = await follow({ table: 'altered', columns: '"id","name"' });
  await stage.db.query(`alter table altered add column extra int; insert into altered values (2, 'b', 3)`);
  await named.until(({ rows }) => rows.size === 2);
  expect(named.refetches).toBe(0);
  await stage.db.query(`alter table altered alter column name type varchar(9); insert into altered values (3, 'c', 3)`);
  await both.until(({ rows }) => rows.size === 3);
  expect([...both.rows.values()].at(-1)).toEqual({ id: '3', name: 'c', extra: '3' });
  await idOnly.until(({ rows }) => rows.size === 3);
  expect([both.refetches, idOnly.refetches]).toEqual([1, 0]);
});

test('a table that was dropped and made again under the same name is another table', async () => {
  await stage.db.query('insert into remade values (1)');
  const client = await follow({ table: 'remade' });
  await stage.db.query('drop table remade; create table remade (id int primary key)');
  await stage.db.query('alter publication switchboard_shapes add table remade');
  await stage.db.query('alter table remade replica identity full; insert into remade values (2)');
  await client.until(({ rows }) => rows.has('"public"."remade"/"2"'));
  expect([client.refetches, client.rows.size]).toEqual([1, 1]);
});

test('a deleted shape begins anew, under another handle', async () => {
  const client = await follow({ table: 'moved', columns: 'id' });
  const { handle } = client;
  const live = client.ask();
  expect((await ask({ handle }, { method: 'DELETE' })).status).toBe(202);
  expect((await live).status).toBe(409);
  await client.until(({ upToDate }) => upToDate);
  expect(client.handle).not.toBe(handle);
  expect((await ask({ handle }, { method: 'DELETE' })).status).toBe(404);
});

test('an answer has a tag, and who has it already is told so', async () => {
  const first = await ask({ table: 'moved', offset: '-1' });
  const tag = first.headers.get('etag') ?? '';
  expect(tag).toBe(`"${first.headers.get('electric-handle')}:-1:0_0"`);
  const again = await ask({ table: 'moved', offset: '-1' }, { headers: { 'if-none-match': tag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('HEAD tells what GET would, without the rows', async () => {
  const head = await ask({ table: 'moved', offset: '-1' }, { method: 'HEAD' });
  const get = await ask({ table: 'moved', offset: '-1' });
  for (const name of ['electric-handle', 'electric-offset', 'electric-schema', 'content-length'])
    expect(head.headers.get(name)).toBe(get.headers.get(name));
  expect(await head.text()).toBe('');
});

test('who begins now gets no rows, and from here on every change', async () => {
  const now = await ask({ table: 'moved', offset: 'now', columns: 'id,n' });
  expect(((await now.json()) as WireMessage[]).map(({ headers }) => headers.control)).toEqual(['up-to-date']);
  const [offset = '', handle = ''] = ['electric-offset', 'electric-handle'].map((name) => now.headers.get(name) ?? '');
  await stage.db.query('insert into moved values (70, null, 5)');
  const live = await ask({ table: 'moved', columns: 'id,n', offset, handle, live: 'true' });
  expect(await live.json()).toMatchObject([{ value: { id: '70', n: '5' } }, { headers: { control: 'up-to-date' } }]);
});

test.each([
  [{ offset: '-1' }, { table: ["can't be blank"] }],
  [
    { table: 'nope', offset: '-1' },
    {
      table: [
        'Table "public"."nope" does not exist. If the table name contains capitals or special characters you must quote it.',
      ],
    },
  ],
  [
    { table: 'moved', offset: '-1', columns: 'name' },
    { columns: ['The list of columns must include all primary key columns, missing: id'] },
  ],
  [
    { table: 'moved', offset: '-1', columns: 'id,zzz' },
    { columns: ['The following columns are not found on the table: zzz'] },
  ],
  [{ table: 'moved', offset: '-1', live: 'true' }, { live: ["can't be true when offset == -1"] }],
  [{ table: 'moved', offset: '-1', where: 'id x 1' }, { where: ['At location 18: syntax error at or near "x"'] }],
])('%j is refused by field', async (query, errors) => {
  const answer = await ask(query as Record<string, string>);
  expect([answer.status, await answer.json()]).toEqual([400, { message: 'Invalid request', errors }]);
});
