import type Database from 'better-sqlite3';
import type { Statement } from 'better-sqlite3';
import { foldText } from '../../../shared/segments/fold-text.ts';
import { FOLD_FUNCTION } from '../../../shared/segments/sql/sqlite-test.ts';
import { openDatabase, type ReplicaKey } from './sealed-database.ts';

/** A connection that only reads. Each statement sees what was committed before it began. */
export type ReadConnection = {
  sql: (text: string) => Statement<unknown[]>;
  close: () => void;
};

export function openReadConnection(file: string, key: ReplicaKey = null): ReadConnection {
  const db = openDatabase(file, key, { readonly: true, fileMustExist: true });
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  return readConnectionOver(db);
}

export function readConnectionOver(db: Database.Database): ReadConnection {
  const statements = new Map<string, Statement<unknown[]>>();
  db.function(FOLD_FUNCTION, { deterministic: true }, (text) => (typeof text === 'string' ? foldText(text) : null));
  return {
    sql: (text) => {
      const known = statements.get(text) ?? db.prepare<unknown[]>(text);
      statements.set(text, known);
      return known;
    },
    close: () => db.close(),
  };
}
