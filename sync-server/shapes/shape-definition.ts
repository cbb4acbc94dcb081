import pg from 'pg';

/** One condition on a column. All values are text as Postgres writes it; `from` is a timestamp and includes itself. */
export type ShapeCondition =
  | { readonly column: string; readonly value: string }
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly from: string }
  | { readonly column: string; readonly like: string };

/**
 * A set of rows and columns of one table: the rows that meet every condition of `where`.
 * `replica: 'full'` means that updates and deletes carry whole rows. The schema is `public` unless named.
 */
export type ShapeDefinition = {
  readonly schema?: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly where: readonly ShapeCondition[];
  readonly replica?: 'full';
};

/** A row as Postgres writes it: text or null, by column. */
export type TextRow = Readonly<Record<string, string | null>>;

/** A table's full name, quoted: how the shape log tells tables apart, in SQL and in its own maps. */
export const relationName = (schema: string, table: string): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;

export const relationOf = ({ schema = 'public', table }: Pick<ShapeDefinition, 'schema' | 'table'>): string =>
  relationName(schema, table);

/** Whether a row belongs to the shape. Null meets no condition, as in SQL. */
export const isInShape = ({ where }: ShapeDefinition, row: TextRow): boolean =>
  where.every((condition) => {
    const value = row[condition.column] ?? null;
    if (value === null) return false;
    if ('value' in condition) return value === condition.value;
    if ('in' in condition) return condition.in.includes(value);
    if ('from' in condition) return isAtOrAfter(value, condition.from);
    return likeToPattern(condition.like).test(value);
  });

/** The conditions as SQL with numbered parameters; `true` when there are none. Electric reads the same text. */
export function toWhereSql(where: readonly ShapeCondition[]): { text: string; values: string[] } {
  const values: string[] = [];
  const next = (value: string) => `$${values.push(value)}`;
  const conditions = where.map((condition) => {
    const column = pg.escapeIdentifier(condition.column);
    if ('value' in condition) return `${column} = ${next(condition.value)}`;
    if ('in' in condition) return `${column} IN (${condition.in.map(next).join(', ')})`;
    if ('from' in condition) return `${column} >= ${next(condition.from)}`;
    return `${column} LIKE ${next(condition.like)}`;
  });
  return { text: conditions.join(' AND ') || 'true', values };
}

/**
 * Two timestamps in the one format that all our sessions use (ISO, UTC). As text they sort by time, except that years
 * behind 9999 are longer and years before Christ are marked at the end.
 */
function isAtOrAfter(value: string, from: string): boolean {
  if (value === 'infinity') return true;
  if (value === '-infinity' || value.endsWith(' BC')) return false;
  const longer = value.indexOf('-') - from.indexOf('-');
  return longer === 0 ? value >= from : longer > 0;
}

const likeToPattern = (like: string): RegExp =>
  new RegExp(
    `^${like
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    's',
  );

/** A list of column names, plain or quoted, as the official client sends it: `id,"has,comma","has""quote"`. */
export function readColumnList(text: string): string[] {
  const names = text.match(/"(?:[^"]|"")*"|[^,"]+/g) ?? [];
  return names
    .map((name) => name.trim())
    .map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name))
    .filter((name) => name !== '');
}
