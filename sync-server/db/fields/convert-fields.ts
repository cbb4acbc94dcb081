import type { Client, Pool } from '../pool.ts';
import { toTenantKey, unwrapKey, wrapKey, type FieldKeys, type MasterKeys } from './field-keys.ts';
import { openJson } from './sealed-text.ts';

/** Rows with a text of a note in them: table → the columns that hold it, and which rows. */
const HOLDERS = [
  { table: 'notes', key: 'id', where: 'true', columns: ['body'] },
  { table: 'audit_log', key: 'id', where: `entity = 'note'`, columns: ['before', 'after', 'undo'] },
  { table: 'acts', key: 'id', where: `entity = 'note'`, columns: ['before', 'after', 'undo'] },
  { table: 'met_changes', key: 'id', where: `entity = 'note'`, columns: ['mine', 'theirs'] },
  { table: 'trash', key: 'id', where: `table_name = 'notes'`, columns: ['row'] },
] as const;

const SLICE = 500;

type Row = { key: string; tenant: string; place: string } & Record<string, unknown>;

/** From now on, as soon as every server process has looked again (KEY_MEMORY_MS), nothing new is sealed. */
export const retireKeys = (pool: Pool) => pool.query('update tenant_keys set retired_at = coalesce(retired_at, now())');
/** For who changes their mind. */
export const reviveKeys = (pool: Pool) => pool.query('update tenant_keys set retired_at = null');
/** After everything was opened. */
export const forgetRetiredKeys = (pool: Pool) => pool.query('delete from tenant_keys where retired_at is not null');

/**
 * Encrypts what is stored, or opens it again, slice by slice while the server works: both forms are read meanwhile. Run again after
 * a stop it goes on with what is left. Before opening, the keys have been retired for long enough. Answers how many rows changed.
 */
export async function convertFields(
  pool: Pool,
  masters: MasterKeys,
  fields: FieldKeys,
  to: 'sealed' | 'open',
): Promise<number> {
  const keys = new Map<string, ReturnType<typeof toTenantKey>>();
  const open = async (tenantId: string, json: string) => {
    if (!keys.has(tenantId)) {
      const { rows } = await pool.query<{ id: string; wrapped: string }>(
        'select master_key_id as id, wrapped from tenant_keys where tenant_id = $1',
        [tenantId],
      );
      if (rows[0]) keys.set(tenantId, toTenantKey(tenantId, unwrapKey(masters, tenantId, rows[0])));
    }
    const key = keys.get(tenantId);
    return key ? openJson(key, json) : json;
  };
  let changed = 0;
  for (const holder of HOLDERS) {
    let after: string | null = null;
    for (;;) {
      const next: { after: string | null; changed: number } = await inSlice(pool, (client) =>
        convertSlice(client, holder, after, (row, value) =>
          to === 'sealed'
            ? sealValue(fields, row, value)
            : open(row.tenant, JSON.stringify(value)).then((json) => JSON.parse(json) as unknown),
        ),
      );
      changed += next.changed;
      if (next.after === null) break;
      after = next.after;
    }
  }
  return changed;
}

/** Wraps every tenant's key anew under the first master key. What is encrypted stays as it is. */
export async function rotateMasterKey(pool: Pool, masters: MasterKeys): Promise<number> {
  const [first] = masters;
  if (!first) return 0;
  const { rows } = await pool.query<{ tenant: string; id: string; wrapped: string }>(
    'select tenant_id as tenant, master_key_id as id, wrapped from tenant_keys where master_key_id <> $1',
    [first.id],
  );
  for (const { tenant, ...row } of rows)
    await pool.query('update tenant_keys set master_key_id = $2, wrapped = $3 where tenant_id = $1', [
      tenant,
      first.id,
      wrapKey(first.key, tenant, unwrapKey(masters, tenant, row)),
    ]);
  return rows.length;
}

async function convertSlice(
  client: Client,
  { table, key, where, columns }: (typeof HOLDERS)[number],
  after: string | null,
  convert: (row: Row, value: unknown) => Promise<unknown>,
): Promise<{ after: string | null; changed: number }> {
  const place = table === 'notes' ? 'id' : table === 'trash' ? `row ->> 'id'` : 'entity_id';
  const { rows } = await client.query<Row>(
    `select ${key}::text as key, tenant_id as tenant, (${place})::text as place, ${columns.join(', ')} from ${table}
     where ${where} ${after === null ? '' : `and ${key} > $2`} order by ${key} limit $1 for update`,
    after === null ? [SLICE] : [SLICE, after],
  );
  let changed = 0;
  for (const row of rows) {
    const values = await Promise.all(
      columns.map(async (column) => (row[column] === null ? null : convert(row, row[column]))),
    );
    const isJson = table !== 'notes';
    if (columns.every((column, i) => JSON.stringify(row[column]) === JSON.stringify(values[i]))) continue;
    const sets = columns.map((column, i) => `${column} = $${i + 2}${isJson ? '::jsonb' : ''}`);
    const given = values.map((value) => (isJson && value !== null ? JSON.stringify(value) : value));
    await client.query(`update ${table} set ${sets.join(', ')} where ${key} = $1`, [row.key, ...given]);
    changed += 1;
  }
  return { after: rows.length < SLICE ? null : (rows.at(-1)?.key ?? null), changed };
}

/** A note’s text is a string by itself, or under `body` however deep. */
async function sealValue(fields: FieldKeys, row: Row, value: unknown): Promise<unknown> {
  if (typeof value === 'string') return fields.seal(row.tenant, row.place, value);
  return sealBodies(fields, row, value);
}

async function sealBodies(fields: FieldKeys, row: Row, value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, inner]): Promise<[string, unknown]> => [
      name,
      name === 'body' && typeof inner === 'string'
        ? await fields.seal(row.tenant, row.place, inner)
        : await sealBodies(fields, row, inner),
    ]),
  );
  return Object.fromEntries(entries);
}

/** The audit log is changed for this alone: the words stay what they were. */
async function inSlice<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`begin; set local switchboard.audit_change = 'retention'`);
    const done = await work(client);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
