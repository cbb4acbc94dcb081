import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYNCED_TABLES } from '../../shared/catalog/synced-tables.ts';
import { hasRole } from '../../shared/protocol/role.ts';
import { toColumnName } from '../../shared/protocol/synced-table.ts';
import { SHAPE_RULES } from '../compose.ts';
import { getServerSecret } from '../db/server-secret.ts';
import { signAccessToken } from '../features/auth/sessions/access-token.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';
import { ProtocolClient, type WireMessage } from './testing/protocol-client.ts';

const RUNS = Number(process.env['WALL_RUNS'] ?? 200);

type Reader = { readonly name: string; readonly person: Person; readonly token: string };
type Query = Readonly<Record<string, string>>;

let dir: string;
let stack: TestStack;
let readers: Reader[];
/** What each reader may see: ids by table; nothing where their role does not reach the table. */
let allowed: Map<string, Set<string>>;
/** Handles and offsets that somebody was given. */
const given: { handles: string[]; offsets: string[] } = { handles: [], offsets: [] };

/** Rows that are not for the whole tenant. */
const OWNERS: Record<string, (person: Person) => readonly [column: string, id: string]> = {
  write_receipts: ({ deviceId }) => ['device_id', deviceId],
  own_items: ({ userId }) => ['user_id', userId],
  notifications: ({ userId }) => ['user_id', userId],
};

const columnsOf = new Map(
  SYNCED_TABLES.map(({ name, columns }) => [name as string, new Set(Object.keys(columns).map(toColumnName))]),
);

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'tenant-wall-'));
  stack = await startTestStack({ ELECTRIC_URL: '', SERVER_ROLES: 'web,shapes', DATA_DIR: dir });
  const secret = await getServerSecret(stack.database.pool, 'access-token');
  const [mine, theirs] = [await stack.signUp(), await stack.signUp()];
  const people = { mine, 'my viewer': await stack.join(mine, 'VIEWER'), theirs };
  readers = await Promise.all(
    Object.entries(people).map(async ([name, person]) => {
      const { tenantId, userId, deviceId, role } = person;
      const who = { tenantId, userId, deviceId, role, name: 'Test' };
      return { name, person, token: await signAccessToken(who, Date.now() + 600_000, secret) };
    }),
  );
  for (const { person } of readers) await fill(person);
  // Once read, a shape has a log: what is written now is in it.
  for (const reader of readers) for (const { name } of SYNCED_TABLES) await walk(reader, name, {});
  for (const { person } of readers) await fill(person);
  await stack.rows(`update contacts set company = 'changed'`);
  allowed = new Map();
  for (const { name: who, person } of readers)
    for (const { name } of SYNCED_TABLES) {
      const owner = OWNERS[name]?.(person);
      const where = owner ? `tenant_id = $1 and ${owner[0]} = $2` : 'tenant_id = $1';
      const rule = SHAPE_RULES.find(({ table }) => table.name === name);
      if (!rule || !hasRole(person.role, rule.role)) continue;
      const rows = await stack.rows<{ id: string }>(
        `select id from ${name} where ${where}`,
        person.tenantId,
        ...(owner ? [owner[1]] : []),
      );
      allowed.set(`${who} ${name}`, new Set(rows.map(({ id }) => id)));
    }
});

afterAll(async () => {
  await stack.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A row of every synced table, written as the server would. */
async function fill({ tenantId, deviceId, userId }: Person): Promise<void> {
  const [contact, tag, conversation] = [randomUUID(), randomUUID(), randomUUID()];
  await stack.rows(
    `insert into contacts (id, tenant_id, first_name, name_key, search, attributes, created_at, updated_at)
     values ($1, $2, 'Somebody', '', '', '{}', now(), now())`,
    contact,
    tenantId,
  );
  await stack.rows(`insert into tags values ($1, $2, $3, now())`, tag, tenantId, `tag ${tag}`);
  await stack.rows(`insert into contact_tags values ($1, $2, $3, $4, now())`, randomUUID(), tenantId, contact, tag);
  await stack.rows(
    `insert into notes (id, tenant_id, contact_id, author_id, body, created_at, updated_at) values ($1, $2, $3, $4, 'n', now(), now())`,
    randomUUID(),
    tenantId,
    contact,
    userId,
  );
  await stack.rows(
    `insert into conversations (id, tenant_id, contact_id, channel, status, created_at, updated_at)
     values ($1, $2, $3, 'sms', 'open', now(), now())`,
    conversation,
    tenantId,
    contact,
  );
  await stack.rows(
    `insert into messages (id, tenant_id, conversation_id, contact_id, channel, direction, body, status, created_at)
     select gen_random_uuid(), $1, $2, $3, 'sms', 'in', 'hello', 'received', now() - age
       from unnest(array['1 day', '400 days']::interval[]) age`,
    tenantId,
    conversation,
    contact,
  );
  await stack.rows(
    `insert into write_receipts (id, tenant_id, device_id, name, status, txid, created_at)
     values ($1, $2, $3, 'contacts.create', 'accepted', '1', now())`,
    randomUUID(),
    tenantId,
    deviceId,
  );
  await stack.rows(
    `insert into met_changes (id, tenant_id, entity, entity_id, contact_id, kind, mine, theirs, mine_made_at, theirs_at, created_at)
     values ($1, $2, 'contact', $3, $3, 'merged', '{}', '{}', now(), now(), now())`,
    randomUUID(),
    tenantId,
    contact,
  );
  await stack.rows(
    `insert into tasks (id, tenant_id, title, contact_id, created_at, updated_at) values ($1, $2, 'call', $3, now(), now())`,
    randomUUID(),
    tenantId,
    contact,
  );
  await stack.rows(
    `insert into notifications (id, tenant_id, user_id, kind, status, contact_id, created_at)
     values ($1, $2, $3, 'SMS_REPLY', 'UNREAD', $4, now())`,
    randomUUID(),
    tenantId,
    userId,
    contact,
  );
  await stack.rows(
    `insert into acts (id, tenant_id, user_id, action, entity, contact_id, at) values ($1, $2, $3, 'contacts.update', 'contact', $4, now())`,
    randomUUID(),
    tenantId,
    userId,
    contact,
  );
}

/** Reads a shape from a query on, as far as the answers lead. */
async function walk({ token }: Reader, shape: string, query: Query): Promise<WireMessage[]> {
  const told: WireMessage[] = [];
  let asked: Query = { offset: '-1', ...query };
  for (let step = 0; step < 4; step += 1) {
    const answer = await fetch(`${stack.url}/api/shapes/${shape}?${new URLSearchParams(asked).toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    const handle = answer.headers.get('electric-handle');
    if (!handle || !text.startsWith('[')) break;
    told.push(...(JSON.parse(text) as WireMessage[]));
    const offset = answer.status === 409 ? '-1' : (answer.headers.get('electric-offset') ?? '-1');
    given.handles.push(handle);
    given.offsets.push(offset);
    if (answer.headers.has('electric-up-to-date')) break;
    asked = { ...query, offset, handle };
  }
  return told;
}

/** Rows and columns among the messages that are not this reader's. */
function strangersIn(messages: readonly WireMessage[], who: string, shape: string): string[] {
  return messages.flatMap(({ key, value = {}, old_value = {} }) => {
    if (key === undefined) return [];
    const id = /"([^"]*)"$/.exec(key)?.[1] ?? '';
    const isMine = key.startsWith(`"public"."${shape}"/`) && allowed.get(`${who} ${shape}`)?.has(id) === true;
    const columns = Object.keys({ ...value, ...old_value }).filter((column) => !columnsOf.get(shape)?.has(column));
    return [...(isMine ? [] : [`row ${key}`]), ...columns.map((column) => `column ${column}`)];
  });
}

test('everybody reads exactly the rows that are theirs', async () => {
  const refused: string[] = [];
  for (const { name: who, token } of readers)
    for (const { name } of SYNCED_TABLES) {
      const mine = allowed.get(`${who} ${name}`);
      const headers = { authorization: `Bearer ${token}` };
      if (!mine) {
        const answer = await fetch(`${stack.url}/api/shapes/${name}?offset=-1`, { headers });
        refused.push(`${who} ${name} ${answer.status}`);
        continue;
      }
      const client = new ProtocolClient(`${stack.url}/api/shapes/${name}`, {}, headers);
      await client.until(({ upToDate, rows }) => upToDate && rows.size >= mine.size);
      expect(new Set(Array.from(client.rows.values(), ({ id }) => id))).toEqual(mine);
    }
  expect(refused).toEqual(
    readers.flatMap(({ name: who }) =>
      SYNCED_TABLES.filter(({ name }) => !allowed.has(`${who} ${name}`)).map(({ name }) => `${who} ${name} 403`),
    ),
  );
  expect(refused).toContain('my viewer admin_items 403');
});

test(
  'no handle, offset or parameter shows a reader a row or a column that is not theirs',
  { timeout: 120_000 },
  async () => {
    const [mine, , theirs] = readers;
    const strangeIds = [mine?.person.tenantId ?? '', theirs?.person.tenantId ?? '', theirs?.person.deviceId ?? ''];
    const shapes = [
      ...SYNCED_TABLES.map(({ name }) => name),
      'users',
      'tenants',
      'refresh_tokens',
      'contacts%20',
      '..',
    ];
    const strange: Record<string, readonly string[]> = {
      table: ['users', 'public.users', '"audit_log"', 'contacts'],
      where: ['true', '1=1', `tenant_id = '${strangeIds[1]}'`, `"tenant_id" = $1 OR true`],
      'params[1]': strangeIds,
      'params[2]': strangeIds,
      params: [JSON.stringify(strangeIds)],
      columns: [
        'tenant_id',
        '"password_hash"',
        'id,tenant_id,search,name_key',
        '"id","tenant_id"',
        '*',
        '',
        'device_id',
      ],
      queryable_columns: ['tenant_id'],
      subset__where: ['true'],
      subset__limit: ['100'],
      subset__order_by: ['tenant_id'],
      secret: ['', 'guess'],
      api_secret: ['guess'],
      replica: ['full', 'default'],
      days: ['30', '365', '-1', '100000', 'null'],
      log: ['full', 'changes_only'],
      live: ['false'],
      tenant_id: strangeIds,
      tenantId: strangeIds,
      deviceId: strangeIds,
      expired_handle: ['x'],
    };
    const extras = fc.array(
      fc.constantFrom(
        ...Object.entries(strange).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
      ),
      { maxLength: 5 },
    );
    const handle = fc.oneof(
      fc.nat().map((n) => given.handles[n % given.handles.length] ?? ''),
      fc.nat().map((n) => `${given.handles[n % given.handles.length] ?? ''}-${n}`),
      fc.string(),
    );
    const offset = fc.oneof(
      fc.constantFrom('-1', 'now', '0_0', '0_inf', '1_0', '0_999999'),
      fc.nat().map((n) => given.offsets[n % given.offsets.length] ?? ''),
      fc.tuple(fc.nat(), fc.nat()).map(([lsn, op]) => `${lsn}_${op}`),
    );
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...readers),
        fc.constantFrom(...shapes),
        fc.option(handle, { nil: undefined }),
        offset,
        extras,
        async (reader, shape, asked, from, extra) => {
          const query = {
            ...Object.fromEntries(extra),
            offset: from,
            ...(asked === undefined ? {} : { handle: asked }),
          };
          const told = await walk(reader, shape, query);
          rows += told.filter(({ key }) => key).length;
          expect(strangersIn(told, reader.name, shape)).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(rows).toBeGreaterThan(RUNS);
  },
);

test('a reader whose token is not accepted gets no shape at all', async () => {
  const answer = await fetch(`${stack.url}/api/shapes/contacts?offset=-1`, { headers: { authorization: 'Bearer x' } });
  expect([answer.status, answer.headers.get('electric-handle')]).toEqual([401, null]);
});
