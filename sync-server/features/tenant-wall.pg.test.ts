import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS, type AnyOperation } from '../../shared/catalog/operations.ts';
import { must } from '../../shared/kernel/must.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import type { PushResult } from '../../shared/protocol/push.ts';
import { ROLES } from '../../shared/protocol/role.ts';
import { arbitraryInput } from '../testing/arbitrary-input.ts';
import { startTestStack, type Person, type Reply, type TestStack } from '../testing/test-stack.ts';
import { addNumber, makeWorld } from '../testing/test-world.ts';

/** Numbers of rows are nobody's: they are of no table but their own. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
/** A rule names what its author wrote, and finds nobody by a foreign id. */
const RULES = ['contact_views', 'segments'];
const SEED = 20_261_121;
const RUNS = 60;
/** How an honest server refuses; anything else is a fault or says too much. */
const HARMLESS = new Set(['not_found', 'conflict', 'invalid_input', 'not_allowed_now', 'limit_reached']);

let stack: TestStack;
let victim: Person;
let victimIds: string[];

beforeAll(async () => {
  stack = await startTestStack();
  victim = await makeTenant('+15035550100');
  victimIds = await idsOf(victim.tenantId);
}, 120_000);
afterAll(() => stack.close());

let numbers = 0;
/** A tenant with things of every kind. The attacker is a new one each time, so that no trace of one attempt hides the next. */
async function makeTenant(number = `+1503556${String((numbers += 1)).padStart(4, '0')}`): Promise<Person> {
  const owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, number);
  const agent = await stack.join(owner, 'AGENT');
  for (let i = 0; i < 2; i += 1) await makeWorld(stack, owner, agent);
  return owner;
}

/** Every table that belongs to tenants, also those which nobody has thought of here. */
const tenantTables = async () => {
  const rows = await stack.rows<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  );
  return rows.map(({ name }) => name);
};

async function idsOf(tenantId: string): Promise<string[]> {
  const ids = new Set([tenantId]);
  for (const table of await tenantTables())
    for (const row of await stack.rows(`select * from ${table} where tenant_id = $1`, tenantId))
      for (const [column, value] of Object.entries(row))
        if (column === 'id' || column.endsWith('_id'))
          if (typeof value === 'string' && UUID.test(value)) ids.add(value);
  return [...ids].toSorted();
}

/** A hash of all rows of the tenant, table by table. Its outbox of decisions is left out: it is what the attack itself leaves. */
async function hashesOf(tenantId: string): Promise<Record<string, string | null>> {
  const hashes: Record<string, string | null> = {};
  for (const table of await tenantTables()) {
    const [row] = await stack.rows<{ hash: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as hash from ${table} t where tenant_id = $1`,
      tenantId,
    );
    hashes[table] = row?.hash ?? null;
  }
  const [tenant] = await stack.rows<{ hash: string }>(
    'select md5(t::text) as hash from tenants t where id = $1',
    tenantId,
  );
  hashes['tenants'] = tenant?.hash ?? null;
  return hashes;
}

/**
 * Rows of the attacker's tenant that name something of the victim's. A new thing may bear the number of a thing of another kind,
 * and what a sender wrote himself may stand in an import that is still unread.
 */
async function foreignNames({ tenantId }: Person): Promise<string[]> {
  const rows: string[] = [];
  const own = new Set<string>();
  for (const table of await tenantTables()) {
    if (table === 'import_rows' || table === 'write_receipts') continue;
    for (const { row, ids, isRule } of await stack.rows<{ row: string; ids: (string | null)[]; isRule: boolean }>(
      `select t::text as row, array[j->>'id', j->>'merged_id'] as ids,
         $2 = any($3) or coalesce(j->>'kind', '') in ('contact_view', 'segment') as "isRule"
       from ${table} t, to_jsonb(t) j where tenant_id = $1`,
      tenantId,
      table,
      RULES,
    )) {
      if (!isRule) rows.push(`${table}: ${row}`);
      for (const id of ids) if (id) own.add(id);
    }
  }
  const foreign = victimIds.filter((id) => !own.has(id));
  return rows.filter((row) => foreign.some((id) => row.includes(id)));
}

const inputsOf = (operation: AnyOperation, ids: readonly string[]): unknown[] => {
  const inputs = fc.sample(arbitraryInput(operation.input, ids), { numRuns: RUNS, seed: SEED });
  const valid = inputs.filter((input) => operation.input.safeParse(input).success);
  // Else nothing was tried.
  expect(valid.length).toBeGreaterThan(RUNS / 8);
  return inputs;
};

const attempt = (person: Person, operation: AnyOperation, inputs: unknown[]): Promise<(PushResult | Reply)[]> =>
  operation.kind === 'command' && !(operation as Operation).online
    ? person.push(...inputs.map((input) => ({ name: operation.name, input })))
    : attemptRest(person, operation as unknown as Operation, inputs);

/** Over the canonical route: what the path names goes there, the rest where its method has it. */
async function attemptRest(person: Person, operation: Operation, inputs: unknown[]): Promise<Reply[]> {
  const { method, path } = must(operation.routes[0], 'route');
  const answers: Reply[] = [];
  for (const input of inputs) {
    const scalars = Object.entries(input as object).filter(([, value]) => typeof value !== 'object');
    const fields = new URLSearchParams(Object.fromEntries(scalars) as Record<string, string>);
    const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(fields.get(key) ?? ''));
    answers.push(
      method === 'GET'
        ? await person.call(method, `${filled}?${fields.toString()}`)
        : await person.call(method, filled, input),
    );
  }
  return answers;
}

/** The id of what a command made is what its sender chose for it. */
const withoutEcho = ({ body }: Reply): unknown => {
  const { id: _, ...data } = { ...(body.data as object | undefined) } as { id?: unknown };
  return Array.isArray(body.data) ? body : { ...body, data };
};

const codeOf = (answer: PushResult | Reply): string | null =>
  'body' in answer ? (answer.body.error?.code ?? null) : answer.status === 'refused' ? answer.code : null;

describe.each(OPERATIONS.map((operation) => [operation.name, operation] as const))('%s', (_, operation) => {
  test('with ids of another tenant neither reads, changes nor adopts anything of it', async () => {
    const attacker = await makeTenant();
    const own = await idsOf(attacker.tenantId);
    const before = await hashesOf(victim.tenantId);
    const answers = [
      ...(await attempt(attacker, operation, inputsOf(operation, victimIds))),
      ...(await attemptRest(attacker, operation as unknown as Operation, inputsOf(operation, victimIds))),
      ...(await attempt(attacker, operation, inputsOf(operation, [...victimIds, ...own]))),
    ];
    expect(answers).toHaveLength(3 * RUNS);
    const codes = new Set(answers.map(codeOf).filter((code) => code !== null));
    expect([...codes].filter((code) => !HARMLESS.has(code))).toEqual([]);
    expect(await hashesOf(victim.tenantId)).toEqual(before);
    expect(await foreignNames(attacker)).toEqual([]);
    const told = JSON.stringify(answers.map((answer) => ('body' in answer ? withoutEcho(answer) : codeOf(answer))));
    expect(victimIds.filter((id) => told.includes(id))).toEqual([]);
  });

  const weaker = ROLES[ROLES.indexOf(operation.role) - 1];
  if (weaker === undefined) return;
  test(`is refused for a ${weaker}, whatever they send, and changes nothing`, async () => {
    const owner = await makeTenant();
    const person = await stack.join(owner, weaker);
    const before = await hashesOf(owner.tenantId);
    const answers = await attempt(person, operation, inputsOf(operation, await idsOf(owner.tenantId)));
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['forbidden']));
    const { write_receipts: _, ...after } = await hashesOf(owner.tenantId);
    expect(before).toMatchObject(after);
  });
});

test('a new tenant table cannot be left out: every table but these belongs to tenants', async () => {
  const others = await stack.rows<{ name: string }>(
    `select table_name as name from information_schema.tables t where table_schema = 'public' and table_type = 'BASE TABLE'
       and not exists (select from information_schema.columns c where c.table_schema = 'public'
         and c.table_name = t.table_name and c.column_name = 'tenant_id') order by 1`,
  );
  expect(others.map(({ name }) => name)).toEqual(['server_secrets', 'tenants']);
});
