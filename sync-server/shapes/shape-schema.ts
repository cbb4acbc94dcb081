import type pg from 'pg';

/** A column as the `electric-schema` header describes it. */
export type ColumnSchema = { type: string; not_null?: true; pk_index?: number; precision?: number };

export type TableSchema = Readonly<Record<string, ColumnSchema>>;

/** The columns of each table, by table and name. Tables that do not exist are absent. */
export async function readTableSchemas(
  client: pg.ClientBase | pg.Pool,
  tables: readonly string[],
): Promise<Map<string, TableSchema>> {
  const { rows } = await client.query<{
    table: string;
    column: string;
    type: string;
    not_null: boolean;
    pk_index: number | null;
    precision: number | null;
  }>(
    `select c.relname as table, a.attname as column, t.typname as type, a.attnotnull as not_null,
            array_position(i.indkey::int2[], a.attnum) as pk_index,
            case when t.typname in ('timestamp', 'timestamptz') and a.atttypmod >= 0 then a.atttypmod end as precision
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relname = any($1) and c.relkind in ('r', 'p')
      order by c.relname, a.attnum`,
    [tables],
  );
  const schemas = new Map<string, Record<string, ColumnSchema>>();
  for (const row of rows) {
    const schema = schemas.get(row.table) ?? {};
    schema[row.column] = {
      type: row.type,
      ...(row.not_null ? { not_null: true as const } : {}),
      ...(row.pk_index === null ? {} : { pk_index: row.pk_index }),
      ...(row.precision === null ? {} : { precision: row.precision }),
    };
    schemas.set(row.table, schema);
  }
  return schemas;
}
