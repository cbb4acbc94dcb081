import type { Database } from 'better-sqlite3';
import { must } from '../../../shared/kernel/must.ts';
import {
  createTable,
  createTriggers,
  declareCells,
  indexNameOf,
  REPLICA_TABLES,
  type ReplicaTable,
} from './replica-schema.ts';
import { fitSearch } from './search/fit-search.ts';

const KEPT_FOR_READING = 'older_messages';

/**
 * Makes the replicated tables what this version's contract says, without losing a row: a missing table is created, a missing
 * column is added empty and its table fetched anew beside what is shown, which fills it. Indexes follow the list.
 * A column that is no longer in the contract stays, unread. Costs one comparison when nothing changed.
 */
export function fitTables(db: Database, tables = REPLICA_TABLES): void {
  const wanted = JSON.stringify(
    tables.map(({ name, kinds, derived, indexes, triggers }) => [name, kinds, derived, indexes, triggers]),
  );
  const known = db.prepare(`SELECT value FROM local_setting WHERE key = 'contract'`).pluck().get();
  if (known === wanted) return;
  for (const table of tables) fitTable(db, table);
  fitOlderMessages(
    db,
    must(
      tables.find(({ name }) => name === 'messages'),
      'messages',
    ),
  );
  db.prepare(`INSERT INTO local_setting VALUES ('contract', ?1) ON CONFLICT DO UPDATE SET value = ?1`).run({
    1: wanted,
  });
}

function fitTable(db: Database, table: ReplicaTable): void {
  const { name } = table;
  const present = columnsOf(db, name);
  if (present.size === 0) {
    for (const sql of createTable(table)) db.exec(sql);
    if (table.search) fitSearch(db, name);
    for (const sql of createTriggers(table)) db.exec(sql);
    return;
  }
  const added = addMissing(db, name, declareCells(table));
  addMissing(db, `${name}__stage`, declareCells(table));
  fitDerived(db, table);
  if (table.search) fitSearch(db, name);
  // While a first load is under way both are absent on purpose, and are built from the list when it ends.
  const bulk = db.prepare('SELECT bulk FROM stream WHERE tbl = ?').pluck().get(name);
  if (bulk === 0) fitIndexes(db, table);
  if (bulk !== 1) {
    for (const trigger of Object.keys(table.triggers)) db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
    for (const sql of createTriggers(table)) db.exec(sql);
  }
  // The copy that is under way or done lacks the new columns.
  if (added > 0) {
    db.exec(`DELETE FROM ${name}__stage`);
    db.prepare(
      `UPDATE stream SET handle = NULL, "offset" = NULL, pos_lsn = 0, pos_op = -1, staging = 1 WHERE tbl = ?`,
    ).run(name);
  }
}

function fitDerived(db: Database, { name, derived }: ReplicaTable): void {
  const present = columnsOf(db, name);
  for (const { column, fn, from } of derived) {
    if (present.has(column)) continue;
    db.exec(`ALTER TABLE ${name} ADD COLUMN ${column} TEXT`);
    db.exec(`UPDATE ${name} SET ${column} = ${fn}(${from.join(', ')})`);
  }
}

function fitIndexes(db: Database, { name, indexes }: ReplicaTable): void {
  const present = db
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`)
    .all(name) as { name: string; sql: string }[];
  const wanted = new Map(indexes.map((index) => [indexNameOf(index), `CREATE INDEX ${index}`]));
  for (const { name: index, sql } of present) {
    if (wanted.get(index) === sql) wanted.delete(index);
    else db.exec(`DROP INDEX ${index}`);
  }
  for (const sql of wanted.values()) db.exec(sql);
}

/** Messages older than what is replicated, fetched when somebody looked at them. Never part of a shape. */
function fitOlderMessages(db: Database, messages: ReplicaTable): void {
  const cells = declareCells(messages);
  if (columnsOf(db, KEPT_FOR_READING).size > 0) return void addMissing(db, KEPT_FOR_READING, cells);
  db.exec(
    `CREATE TABLE ${KEPT_FOR_READING} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ${cells.join(', ')}, used_at INTEGER NOT NULL) STRICT`,
  );
  db.exec(`CREATE INDEX older_messages_by_conversation ON ${KEPT_FOR_READING}(conversation_id, created_at)`);
  db.exec(`CREATE INDEX older_messages_by_use ON ${KEPT_FOR_READING}(used_at)`);
}

function addMissing(db: Database, table: string, declared: readonly string[]): number {
  const present = columnsOf(db, table);
  const missing = declared.filter((declaration) => !present.has(declaration.split(' ')[0] ?? ''));
  for (const declaration of missing) db.exec(`ALTER TABLE ${table} ADD COLUMN ${declaration}`);
  return missing.length;
}

const columnsOf = (db: Database, table: string): Set<string> =>
  new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
