import type { TableSchema } from '../log/table-schema.ts';
import { readColumnList, relationOf, type ShapeDefinition } from '../shape-definition.ts';
import type { RequestErrors } from '../shape-request.ts';
import { readWhere, WhereError } from './where-text.ts';

export type TableName = { readonly schema: string; readonly table: string };

/** `t`, `schema.t`, `"Any Name"`: unquoted names are folded to lower case, as in SQL. Null when it is neither. */
export function readTableName(text: string): TableName | null {
  const part = String.raw`("(?:[^"]|"")+"|[^".\s]+)`;
  const [, first, second] = new RegExp(`^${part}(?:\\.${part})?$`).exec(text) ?? [];
  if (first === undefined) return null;
  const unquoted = (name: string) =>
    name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
  return second === undefined
    ? { schema: 'public', table: unquoted(first) }
    : { schema: unquoted(first), table: unquoted(second) };
}

/** The shape that a query defines of a table, or the errors by field, in Electric's words. */
export function readDefinition(
  name: TableName,
  schema: TableSchema,
  query: Record<string, unknown>,
): ShapeDefinition | RequestErrors {
  const text = (key: string) => (typeof query[key] === 'string' ? (query[key] as string) : '');
  const all = Object.keys(schema.columns);
  const columns = text('columns') === '' ? all : readColumnList(text('columns'));
  const unknown = columns.filter((column) => !all.includes(column));
  if (unknown.length > 0)
    return { errors: { columns: [`The following columns are not found on the table: ${unknown.join(', ')}`] } };
  const missing = schema.hasPrimaryKey ? schema.keys.filter((column) => !columns.includes(column)) : [];
  if (missing.length > 0)
    return {
      errors: {
        columns: [`The list of columns must include all primary key columns, missing: ${missing.join(', ')}`],
      },
    };
  try {
    const where = readWhere(text('where'), readParams(query));
    const foreign = where.find(({ column }) => !all.includes(column));
    if (foreign) return { errors: { where: [`unknown reference ${foreign.column}`] } };
    return { ...name, columns, where, ...(text('replica') === 'full' ? { replica: 'full' as const } : {}) };
  } catch (error) {
    if (error instanceof WhereError) return { errors: { where: [error.message] } };
    throw error;
  }
}

export const noSuchTable = (name: TableName): RequestErrors => ({
  errors: {
    table: [
      `Table ${relationOf(name)} does not exist. If the table name contains capitals or special characters you must quote it.`,
    ],
  },
});

const readParams = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => {
      const [, number] = /^params\[(\d+)\]$/.exec(key) ?? [];
      return number !== undefined && typeof value === 'string' ? [[number, value]] : [];
    }),
  );
