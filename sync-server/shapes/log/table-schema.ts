import type pg from 'pg';
import { relationName, relationOf, type ShapeDefinition } from '../shape-definition.ts';

/** A column as the `electric-schema` header describes it. */
export type ColumnSchema = {
  type: string;
  dims?: number;
  not_null?: true;
  pk_index?: number;
  precision?: number;
  scale?: number;
  max_length?: number;
  length?: number;
  fields?: string;
};

/**
 * A table as the shape log knows it. `keys` name a row: its primary key in order, or all columns by name where it has none.
 * `signature` is each column's type as the WAL describes it; when it differs the table was altered.
 */
export type TableSchema = {
  readonly oid: number;
  readonly columns: Readonly<Record<string, ColumnSchema>>;
  readonly keys: readonly string[];
  readonly hasPrimaryKey: boolean;
  readonly signature: Readonly<Record<string, string>>;
};

type Column = {
  oid: number;
  schema: string;
  table: string;
  column: string;
  type: string;
  type_oid: number;
  modifier: number;
  formatted: string;
  dims: number;
  not_null: boolean;
  pk_index: number | null;
};

export const columnSignature = (typeOid: number, modifier: number): string => `${typeOid >>> 0}:${modifier}`;

/** The schemas of tables named `[schema, table]`, by full name. Tables that do not exist are absent. */
export async function readTableSchemas(
  client: pg.ClientBase | pg.Pool,
  tables: readonly (readonly [schema: string, table: string])[],
): Promise<Map<string, TableSchema>> {
  const { rows } = await client.query<Column>(
    `select c.oid::int8::int as oid, n.nspname as schema, c.relname as table, a.attname as column,
            coalesce(e.typname, t.typname) as type, a.atttypid::int8::int as type_oid, a.atttypmod as modifier,
            format_type(a.atttypid, a.atttypmod) as formatted, a.attndims as dims, a.attnotnull as not_null,
            array_position(i.indkey::int2[], a.attnum) as pk_index
       from unnest($1::text[], $2::text[]) asked (schema, name)
       join pg_namespace n on n.nspname = asked.schema
       join pg_class c on c.relnamespace = n.oid and c.relname = asked.name and c.relkind in ('r', 'p')
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       join pg_type t on t.oid = a.atttypid
       left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
      order by c.oid, a.attnum`,
    [tables.map(([schema]) => schema), tables.map(([, table]) => table)],
  );
  const byTable = Map.groupBy(rows, ({ schema, table }) => relationName(schema, table));
  return new Map(Array.from(byTable, ([name, columns]) => [name, toSchema(columns)]));
}

function toSchema(columns: readonly Column[]): TableSchema {
  const keys = columns.filter(({ pk_index }) => pk_index !== null);
  const byPosition = keys.toSorted((a, b) => (a.pk_index ?? 0) - (b.pk_index ?? 0));
  return {
    oid: (columns[0]?.oid ?? 0) >>> 0,
    columns: Object.fromEntries(columns.map((column) => [column.column, toColumnSchema(column)])),
    keys: keys.length > 0 ? byPosition.map(({ column }) => column) : columns.map(({ column }) => column).toSorted(),
    hasPrimaryKey: keys.length > 0,
    signature: Object.fromEntries(
      columns.map(({ column, type_oid, modifier }) => [column, columnSignature(type_oid, modifier)]),
    ),
  };
}

/** Electric tells a modifier in the words of its type; `format_type` has it in brackets. */
function toColumnSchema({ type, dims, formatted, modifier, not_null, pk_index }: Column): ColumnSchema {
  const [first, second] = (/\((\d+)(?:,(-?\d+))?\)/.exec(formatted)?.slice(1) ?? []).map((n) => n && Number(n));
  const fields = /^interval ([a-z ]+)/.exec(formatted)?.[1]?.trim().toUpperCase();
  const schema: ColumnSchema = { type };
  if (dims > 0) schema.dims = dims;
  if (modifier >= 0 && typeof first === 'number') {
    if (type === 'varchar') schema.max_length = first;
    else if (['bpchar', 'bit', 'varbit'].includes(type)) schema.length = first;
    else schema.precision = first;
    if (type === 'numeric' && typeof second === 'number') schema.scale = second;
  }
  if (fields) schema.fields = fields;
  if (not_null) schema.not_null = true;
  if (pk_index !== null) schema.pk_index = pk_index;
  return schema;
}

/** What is known of tables, read when first asked for and again after the WAL said that one was altered. */
export class TableSchemas {
  private readonly pool: pg.Pool;
  private readonly reading = new Map<string, Promise<TableSchema | null>>();
  private readonly known = new Map<string, TableSchema>();

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** Reads tables anew, all at once. Those that do not exist are absent. */
  async read(tables: readonly [schema: string, table: string][]): Promise<Map<string, TableSchema>> {
    const found = await readTableSchemas(this.pool, tables);
    for (const [schema, table] of tables) this.forget(relationName(schema, table));
    for (const [relation, schema] of found) {
      this.known.set(relation, schema);
      this.reading.set(relation, Promise.resolve(schema));
    }
    return found;
  }

  find({ schema = 'public', table }: Pick<ShapeDefinition, 'schema' | 'table'>): Promise<TableSchema | null> {
    const relation = relationOf({ schema, table });
    const before = this.reading.get(relation);
    if (before) return before;
    const reading = readTableSchemas(this.pool, [[schema, table]]).then((found) => {
      const read = found.get(relation) ?? null;
      // Forgotten meanwhile: what was read may be older than the reason.
      if (this.reading.get(relation) !== reading) return this.find({ schema, table });
      if (read) this.known.set(relation, read);
      // A table that is not there now may be made later.
      else this.reading.delete(relation);
      return read;
    });
    reading.catch(() => this.reading.delete(relation));
    this.reading.set(relation, reading);
    return reading;
  }

  /** What tells altered columns of a table, when the WAL describes it otherwise than we know it; else null. */
  compare(relation: string, oid: number, signature: TableSchema['signature']): ((column: string) => boolean) | null {
    const known = this.known.get(relation);
    if (!known) return null;
    const isAltered = (column: string) => known.oid !== oid || known.signature[column] !== signature[column];
    return Object.keys({ ...known.signature, ...signature }).some(isAltered) ? isAltered : null;
  }

  forget(relation: string): void {
    this.known.delete(relation);
    this.reading.delete(relation);
  }

  clear(): void {
    this.known.clear();
    this.reading.clear();
  }
}
