import type { PatchValue } from '../../../shared/protocol/patch.ts';
import type { ColumnKind } from '../../../shared/protocol/synced-table.ts';

/** What a replica column holds. */
export type Cell = string | number | null;
/** A row of the replica by column name (snake_case). */
export type Cells = Record<string, Cell>;

/**
 * Postgres text output to a cell. Booleans arrive as `true` from snapshots and as `t` from the stream,
 * instants as `2026-01-02 01:04:05.678+00`.
 */
export function decodeCell(kind: ColumnKind, text: unknown): Cell {
  if (text === null || text === undefined) return null;
  const value = typeof text === 'string' ? text : JSON.stringify(text);
  switch (kind) {
    case 'integer':
    case 'cents':
      return Number(value);
    case 'boolean':
      return value === 't' || value === 'true' || value === '1' ? 1 : 0;
    case 'instant':
      return parseInstant(value);
    default:
      return value;
  }
}

function parseInstant(text: string): number | null {
  const utc = parseUtc(text);
  if (utc !== null) return utc;
  if (/^-?\d+$/.test(text)) return Number(text);
  const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(at) ? null : at;
}

/** The spelling that shapes use, `2026-01-02 01:04:05.678+00`, by position: ten times faster than parsing it as a date. */
function parseUtc(text: string): number | null {
  const { length } = text;
  if (length < 22 || length > 26 || text.charCodeAt(4) !== 45 || text.slice(length - 3) !== '+00') return null;
  const part = (from: number, to: number) => Number(text.slice(from, to));
  const fraction = text.charCodeAt(19) === 46 ? Math.round(Number(`0${text.slice(19, length - 3)}`) * 1000) : 0;
  const at = Date.UTC(part(0, 4), part(5, 7) - 1, part(8, 10), part(11, 13), part(14, 16), part(17, 19), fraction);
  return Number.isNaN(at) ? null : at;
}

/** A value of a patch to a cell. */
export function encodeCell(kind: ColumnKind, value: PatchValue | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Whether two cells hold the same. Json is compared by content: Postgres orders keys and spaces them in its own way. */
export function isSameCell(kind: ColumnKind, a: Cell | undefined, b: Cell | undefined): boolean {
  if ((a ?? null) === (b ?? null)) return true;
  if (kind !== 'json' || typeof a !== 'string' || typeof b !== 'string') return false;
  return canonicalJson(a) === canonicalJson(b);
}

const canonicalJson = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  );
