/**
 * How a synced column is stored on both sides.
 *
 * | kind      | Postgres         | SQLite            | in TypeScript |
 * |-----------|------------------|-------------------|---------------|
 * | `uuid`    | uuid             | TEXT              | string        |
 * | `text`    | text             | TEXT              | string        |
 * | `integer` | integer          | INTEGER           | number        |
 * | `cents`   | bigint           | INTEGER           | number        |
 * | `boolean` | boolean          | INTEGER 0/1       | boolean       |
 * | `instant` | timestamptz(3)   | INTEGER, epoch ms | number        |
 * | `json`    | jsonb            | TEXT              | unknown       |
 *
 * Any column may be null.
 */
export type ColumnKind = 'uuid' | 'text' | 'integer' | 'cents' | 'boolean' | 'instant' | 'json';

/**
 * A table that is replicated to desktops: its shape, its name in both databases (snake_case) and the columns that travel.
 * Keys are camelCase, as rows are in TypeScript; both drizzle tables are tested against this list.
 * Every synced table has an `id` (uuid, its primary key). `tenantId` never travels: a replica holds one tenant.
 */
export type SyncedTable<Name extends string = string> = {
  readonly name: Name;
  readonly columns: Readonly<Record<string, ColumnKind>>;
};

export const syncedTable = <const Name extends string, const Columns extends Record<string, ColumnKind>>(
  name: Name,
  columns: Columns,
): { readonly name: Name; readonly columns: { readonly id: 'uuid' } & Columns } => ({
  name,
  columns: { id: 'uuid', ...columns },
});

/** `firstName` → `first_name`: the name of a column in either database. */
export const toColumnName = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
