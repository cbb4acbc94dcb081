import { writeSeveral } from '../../../../shared/imports/read-cell.ts';
import { pathOfKeys } from '../../../../shared/segments/attribute-path.ts';

const ATTRIBUTES = 'attributes';

/** Rows of a program as a table of text: lists become one cell, and what is nested below `attributes` has a column each. */
export function flattenRows(rows: readonly Record<string, unknown>[]): {
  headers: string[];
  /** Where columns go that no person named. */
  paths: ReadonlyMap<string, string>;
  table: string[][];
} {
  const columns = new Map<string, number>();
  const paths = new Map<string, string>();
  const placeOf = (header: string): number => {
    const known = columns.get(header);
    if (known !== undefined) return known;
    columns.set(header, columns.size);
    return columns.size - 1;
  };
  const table = rows.map((row) => {
    const cells: string[] = [];
    for (const [header, value] of Object.entries(row)) {
      if (header !== ATTRIBUTES || !isObject(value)) {
        cells[placeOf(header)] = toCell(value);
        continue;
      }
      for (const [keys, leaf] of leavesOf(value)) {
        const path = pathOfKeys(keys);
        const column = `${ATTRIBUTES}.${path}`;
        paths.set(column, path);
        cells[placeOf(column)] = toCell(leaf);
      }
    }
    return cells;
  });
  return { headers: [...columns.keys()], paths, table };
}

function* leavesOf(value: object, above: readonly string[] = []): Generator<[keys: string[], leaf: unknown]> {
  for (const [key, one] of Object.entries(value)) {
    const keys = [...above, key];
    if (isObject(one)) yield* leavesOf(one, keys);
    else yield [keys, one];
  }
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return writeSeveral(value.map(toCell));
  return JSON.stringify(value);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
