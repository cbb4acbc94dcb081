import { sql } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';

/**
 * Everything that hangs on a contact and moves as it is, by the column that names the contact. Tags, groups and conversations are united
 * instead (their ids say whose they are). A test holds this against the database: a new table of contacts is named here or there.
 */
export const MOVED_TABLES = {
  notes: 'contact_id',
  messages: 'contact_id',
  tasks: 'contact_id',
  notifications: 'contact_id',
  met_changes: 'contact_id',
  contact_changes: 'contact_id',
  consents: 'contact_id',
  contact_visits: 'contact_id',
  contact_merges: 'kept_id',
  status_firings: 'contact_id',
  acts: 'contact_id',
} as const;
export const UNITED_TABLES = ['contact_tags', 'group_members', 'conversations'] as const;
/** What is said of two contacts and not of one person, or waits for one of them: it ends with that one. */
export const ENDED_TABLES = ['not_duplicates', 'status_timers', 'status_arrivals'] as const;

type MovedTable = keyof typeof MOVED_TABLES;
const entries = Object.entries(MOVED_TABLES) as [MovedTable, string][];

/** Moves all of it from one contact to another, and answers what moved. */
export async function moveRows(
  { tx, tenantId }: Act,
  fromId: string,
  toId: string,
): Promise<Record<string, (string | number)[]>> {
  const moved: Record<string, (string | number)[]> = {};
  for (const [table, column] of entries) {
    const { rows } = await tx.execute<{ id: string | number }>(sql`
      update ${sql.identifier(table)} set ${sql.identifier(column)} = ${toId} ${alsoEntity(table, fromId, toId)}
      where tenant_id = ${tenantId} and ${sql.identifier(column)} = ${fromId} returning id`);
    if (rows.length) moved[table] = rows.map(({ id }) => id);
  }
  return moved;
}

/** Moves back what moved, as far as it still is where it went. */
export async function moveRowsBack(
  { tx, tenantId }: Act,
  moved: Readonly<Record<string, readonly (string | number)[]>>,
  fromId: string,
  toId: string,
): Promise<void> {
  for (const [table, column] of entries) {
    const ids = moved[table];
    if (ids?.length)
      await tx.execute(sql`
        update ${sql.identifier(table)} set ${sql.identifier(column)} = ${toId} ${alsoEntity(table, fromId, toId)}
        where tenant_id = ${tenantId} and ${sql.identifier(column)} = ${fromId}
          and id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  }
}

/** Changes that met name the contact twice where they are its own. */
const alsoEntity = (table: MovedTable, fromId: string, toId: string) =>
  table === 'met_changes'
    ? sql`, entity_id = case when entity = 'contact' and entity_id = ${fromId} then ${toId}::uuid else entity_id end`
    : sql``;
