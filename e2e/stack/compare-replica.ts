import path from 'node:path';
import type pg from 'pg';
import { openDatabase } from '../../desktop/core/replica/sealed-database.ts';
import { readProfileKey } from '../../desktop/core/testing/profile-key.ts';
import { decodeCell, isSameCell, type Cells } from '../../desktop/core/replica/cells.ts';
import { REPLICA_TABLES, type ReplicaTable } from '../../desktop/core/replica/replica-schema.ts';

export type Owner = { userId: string; tenantId: string; deviceId: string };

export const replicaFileOf = (profileDir: string, { userId }: Pick<Owner, 'userId'>): string =>
  path.join(profileDir, userId, 'replica.sqlite');

/** Where a replica differs from what its person may see in Postgres, row by row and column by column; a few of each table. */
export async function findDifferences(database: pg.Client, profileDir: string, owner: Owner): Promise<string[]> {
  const replica = openDatabase(replicaFileOf(profileDir, owner), readProfileKey(profileDir), { readonly: true });
  try {
    const found: string[] = [];
    for (const table of REPLICA_TABLES) {
      // What a role may not see at all is empty here.
      const isDenied = replica.prepare('SELECT denied FROM stream WHERE tbl = ?').pluck().get(table.name) === 1;
      const there = isDenied ? new Map<string, never>() : await readServer(database, table, owner);
      const here = replica.prepare(`SELECT ${table.columns.join(', ')} FROM ${table.name}`).all() as Cells[];
      found.push(...compare(table, here, there).slice(0, 3));
    }
    return found;
  } finally {
    replica.close();
  }
}

/** Tables of which a person sees a part. */
const OWN: Record<string, (owner: Owner) => [column: string, id: string]> = {
  write_receipts: ({ deviceId }) => ['device_id', deviceId],
  own_items: ({ userId }) => ['user_id', userId],
};

async function readServer(database: pg.Client, { name, columns }: ReplicaTable, owner: Owner) {
  const [column, id] = OWN[name]?.(owner) ?? [null, null];
  const { rows } = await database.query<Record<string, string | null>>({
    text: `select ${columns.map((column) => `${column}::text`).join(', ')} from ${name} where tenant_id = $1${column ? ` and ${column} = $2` : ''}`,
    values: column ? [owner.tenantId, id] : [owner.tenantId],
  });
  return new Map(rows.map((row) => [row['id'] ?? '', row]));
}

function compare(
  { name, kinds }: ReplicaTable,
  here: readonly Cells[],
  there: ReadonlyMap<string, Record<string, string | null>>,
): string[] {
  const ids = new Set(here.map(({ id }) => id));
  const missing = [...there.keys()].filter((id) => !ids.has(id)).map((id) => `${name} ${id} is missing here`);
  const different = here.flatMap((row) => {
    const server = there.get(String(row['id']));
    if (!server) return [`${name} ${row['id']} is only here`];
    return Object.entries(kinds)
      .filter(([column, kind]) => !isSameCell(kind, row[column], decodeCell(kind, server[column])))
      .map(([column]) => `${name} ${row['id']}: ${column} is ${row[column]} here and ${server[column]} at the server`);
  });
  return [...missing, ...different];
}
