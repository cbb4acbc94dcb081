import { isSameCell, type Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import { indexNameOf, REPLICA_TABLES, type ReplicaTable } from '../replica/replica-schema.ts';
import { FTS_TABLES } from '../replica/search/search-index.ts';
import { findRow } from '../replica/write-rows.ts';
import { findServerRow, patchesOf, replay } from '../sync/settle.ts';

/** Of how a row came to be, not of what it says: a batch that comes twice uses up row numbers. */
const BY_THE_WAY = new RegExp(`^(sqlite_|${FTS_TABLES.join('|')})`);

/**
 * Everything a replica holds but its full text, which has a check of its own: all rows of all tables, and which tables, indexes and
 * triggers there are. Ids that were made anew (UUIDv7) are named in the order in which they appear.
 */
export function readWhole({ db }: Replica): Record<string, unknown> {
  const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all() as {
    type: string;
    name: string;
  }[];
  const tables = schema.filter(({ type, name }) => type === 'table' && !BY_THE_WAY.test(name));
  const rowsOf = (name: string) =>
    db
      .prepare(`SELECT * FROM ${name}`)
      .all()
      .map((row) => ({ ...(row as object), rid: undefined }));
  const rows = Object.fromEntries(tables.map(({ name }) => [name, rowsOf(name)]));
  return JSON.parse(withoutNewIds(JSON.stringify({ ...rows, schema }))) as Record<string, unknown>;
}

function withoutNewIds(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}/g, (id) => {
    const name = names.get(id) ?? `id ${names.size + 1}`;
    names.set(id, name);
    return name;
  });
}

/** What must hold of a replica between any two transactions. Throws with the first thing that does not. */
export function assertSound(replica: Replica): void {
  const { db } = replica;
  same(db.pragma('integrity_check'), [{ integrity_check: 'ok' }], 'the file');
  for (const [what, sql] of Object.entries(NEVER)) same(db.prepare(sql).all(), [], what);
  for (const table of REPLICA_TABLES) assertTable(replica, table);
  const merging = db.prepare('SELECT tbl FROM stream WHERE staging = 2 ORDER BY tbl').pluck().all();
  same([...replica.merging].toSorted(), merging, 'what is remembered of copies that take over');
}

const NEVER = {
  'patched rows without a server image': 'SELECT tbl, id FROM pending_target EXCEPT SELECT tbl, id FROM pending_base',
  'server images without a patch': 'SELECT tbl, id FROM pending_base EXCEPT SELECT tbl, id FROM pending_target',
  'patched rows without a patch': 'SELECT seq, part FROM pending_target EXCEPT SELECT seq, part FROM pending_patch',
  'patches without a write': 'SELECT seq FROM pending_patch EXCEPT SELECT seq FROM pending_write',
  'marks without a write':
    'SELECT write_id FROM write_mark EXCEPT SELECT write_id FROM pending_write EXCEPT SELECT write_id FROM refused_write',
  'writes that both wait and are refused':
    'SELECT write_id FROM pending_write INTERSECT SELECT write_id FROM refused_write',
  'writes that both wait and are over': 'SELECT write_id FROM pending_write INTERSECT SELECT write_id FROM ended_write',
};

function assertTable(replica: Replica, table: ReplicaTable): void {
  const { db } = replica;
  const { name } = table;
  const stream = db.prepare('SELECT staging, bulk FROM stream WHERE tbl = ?').get(name) as {
    staging: number;
    bulk: number;
  };
  const staged = db.prepare(`SELECT count(*) FROM ${name}__stage`).pluck().get();
  if (stream.staging === 0) same(staged, 0, `rows put aside of ${name}`);
  if (stream.staging !== 2) assertShown(replica, table);
  if (stream.bulk !== 0) return;
  const made = db.prepare('SELECT name FROM sqlite_schema WHERE tbl_name = ?').pluck().all(name) as string[];
  const wanted = [...table.indexes.map(indexNameOf), ...Object.keys(table.triggers)];
  same(
    wanted.filter((one) => !made.includes(one)),
    [],
    `indexes and triggers that ${name} lacks`,
  );
  // Where it is still being built it lacks rows on purpose; it is looked at when it is whole.
  if (table.search && isSearchWhole(replica, name))
    for (const fts of Object.keys(table.search.fts))
      db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
}

const isSearchWhole = ({ db }: Replica, name: string): boolean =>
  db
    .prepare(
      `SELECT down_to = 0 AND up_to > (SELECT coalesce(max(rid), 0) FROM ${name}) FROM search_built WHERE tbl = ?`,
    )
    .pluck()
    .get(name) === 1;

/** Every row with something pending is shown as the server has it with what is pending on top. */
function assertShown(replica: Replica, table: ReplicaTable): void {
  const { name } = table;
  const ids = replica.db.prepare('SELECT id FROM pending_base WHERE tbl = ?').pluck().all(name) as string[];
  for (const id of ids) {
    const expected = replay(id, findServerRow(replica, table, id), patchesOf(replica, name, id));
    const shown = findRow(replica, table, id);
    if (!isSameRow(table, expected, shown)) same(shown, expected, `${name} ${id}`);
  }
}

const isSameRow = (table: ReplicaTable, a: Cells | null, b: Cells | null): boolean =>
  a === null || b === null ? a === b : table.columns.every((c) => isSameCell(table.kinds[c] ?? 'text', a[c], b[c]));

function same(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
}
