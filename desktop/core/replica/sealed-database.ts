import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * The key of a profile: 32 random bytes in hex. Null opens a file that is not encrypted: tests, and a replica that could not be
 * encrypted yet. It is handed over as bytes and never becomes part of a statement, a log line or a command line.
 */
export type ReplicaKey = string | null;

/** A replica's file and what opens it. */
export type ReplicaPlace = { file: string; key: ReplicaKey };

/**
 * AEGIS-256 seals and authenticates each page of the file, its log and its journal; measured, it is the one cipher that reads
 * almost as fast as no cipher (decision 0012).
 */
const CIPHER = 'aegis';
/** What the build with ciphers has beyond the typings of the one without. */
type Sealable = Database.Database & { key: (key: Buffer) => number; rekey: (key: Buffer) => number };

const PLAIN_HEADER = 'SQLite format 3\0';

export function openDatabase(file: string, key: ReplicaKey, options: Database.Options = {}): Database.Database {
  const db = new Database(file, options) as Sealable;
  try {
    if (key !== null) unlock(db, key);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const toBytes = (key: string): Buffer => Buffer.from(`raw:${key}`);

function unlock(db: Sealable, key: string): void {
  db.pragma(`cipher = '${CIPHER}'`);
  db.key(toBytes(key));
}

/** Encrypts a file that is not, where it lies. Nobody may have it open; a power cut in between needs a copy to go back to. */
export function encryptDatabase(file: string, key: string): void {
  const db = new Database(file) as Sealable;
  try {
    // A cipher cannot be set on a file with a log.
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma(`cipher = '${CIPHER}'`);
    db.rekey(toBytes(key));
  } finally {
    db.close();
  }
}

/** Whether a file is a database that anybody can read. */
export function isPlainDatabase(file: string): boolean {
  if (!existsSync(file)) return false;
  const header = Buffer.alloc(PLAIN_HEADER.length);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, header, 0, header.length, 0);
  } finally {
    closeSync(fd);
  }
  return header.toString('latin1') === PLAIN_HEADER;
}
