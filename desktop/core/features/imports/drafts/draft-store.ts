import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ImportDraft } from '../../../../../shared/imports/import-draft.ts';
import { AppError } from '../../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../../shared/kernel/ids.ts';
import { isPlainDatabase, openDatabase, type ReplicaKey } from '../../../replica/sealed-database.ts';

const GONE =
  'This import is no longer on this computer: it was queued or discarded. Drop the file again to start over.';

/** The rows of the file as they stand in it. */
const PAGE_TABLE = 'CREATE TABLE IF NOT EXISTS page (nth INTEGER PRIMARY KEY, rows TEXT NOT NULL) STRICT';

type Page = { nth: number; rows: string };

const TABLES = `
  CREATE TABLE IF NOT EXISTS piece (at INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS part (nth INTEGER PRIMARY KEY, rows TEXT NOT NULL) STRICT`;

/** What earlier versions left unencrypted. */
const PLAIN = ['.csv', '.name', '.json', '.json.new', '.parts'];

/** Files being prepared, in the profile's folder and under its key, each a small database: they survive a restart. */
export class DraftStore {
  private readonly dir: string;
  private readonly key: ReplicaKey;

  constructor(profileDir: string, key: ReplicaKey) {
    this.key = key;
    this.dir = path.join(profileDir, 'imports');
  }

  /** Keeps a part where it belongs, so that a part sent twice is there once. */
  receive(id: string | null, fileName: string, offset: number, bytes: Buffer): string {
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    const known = id ?? newId<'import'>();
    if (id !== null && !existsSync(this.at(id))) throw new AppError('not_found', GONE);
    return this.within(known, (db) => {
      db.exec(TABLES);
      const end = Number(db.prepare('SELECT coalesce(max(at + length(bytes)), 0) FROM piece').pluck().get());
      if (end < offset)
        throw new AppError('conflict', 'A part of the file is missing. Nothing was imported. Drop the file again.');
      db.prepare('INSERT INTO piece VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes').run(offset, bytes);
      if (id === null) saveFact(db, 'name', fileName);
      return known;
    });
  }

  readFile(id: string): { bytes: Buffer; fileName: string } {
    return this.within(id, (db) => {
      const pieces = db.prepare('SELECT at, bytes FROM piece ORDER BY at').all() as { at: number; bytes: Buffer }[];
      const whole = Buffer.alloc(Math.max(0, ...pieces.map(({ at, bytes }) => at + bytes.length)));
      for (const { at, bytes } of pieces) bytes.copy(whole, at);
      return { bytes: whole, fileName: findFact(db, 'name') ?? '' };
    });
  }

  findDraft(id: string): ImportDraft | null {
    if (!existsSync(this.at(id))) return null;
    const draft = this.within(id, (db) => findFact(db, 'draft'));
    return draft === null ? null : (JSON.parse(draft) as ImportDraft);
  }

  /** What of a file was read is kept beside it. All of it or nothing. */
  async saveRows<T>(id: string, read: (bytes: Buffer, keep: (page: unknown[]) => void) => Promise<T>): Promise<T> {
    const { bytes } = this.readFile(id);
    const db = openDraft(this.at(id), this.key);
    try {
      db.exec(`BEGIN; ${PAGE_TABLE}; DELETE FROM page`);
      const insert = db.prepare('INSERT INTO page (rows) VALUES (?)');
      const result = await read(bytes, (page) => void insert.run(JSON.stringify(page)));
      db.exec('COMMIT');
      return result;
    } finally {
      // Takes back what is not committed.
      db.close();
    }
  }

  /** The rows that `saveRows` kept, a page in memory at a time. */
  *readRows<T>(id: string): Generator<T> {
    const db = openDraft(this.at(id), this.key);
    try {
      yield* rowsOf<T>(db);
    } finally {
      db.close();
    }
  }

  getDraft(id: string): ImportDraft {
    const draft = this.findDraft(id);
    if (!draft) throw new AppError('not_found', GONE);
    return draft;
  }

  saveDraft(draft: ImportDraft): void {
    this.within(draft.id, (db) => saveFact(db, 'draft', JSON.stringify(draft)));
  }

  /** Makes parts of the rows that `saveRows` kept. Answers the file that `readParts` reads, and how many rows it holds. */
  saveParts<T>(id: string, toParts: (rows: Iterable<T>) => Iterable<unknown[]>): { file: string; rows: number } {
    const rows = this.within(id, (db) =>
      db.transaction(() => {
        db.exec('DELETE FROM part');
        const insert = db.prepare('INSERT INTO part VALUES (?, ?)');
        let nth = 0;
        let count = 0;
        for (const part of toParts(rowsOf<T>(db))) {
          insert.run(nth, JSON.stringify(part));
          nth += 1;
          count += part.length;
        }
        return count;
      })(),
    );
    return { file: this.at(id), rows };
  }

  discard(id: string): void {
    for (const suffix of ['', '-journal']) rmSync(this.at(id) + suffix, { force: true });
  }

  /** Takes over the drafts of a version that did not encrypt them. One that cannot be read is gone: its file is where it came from. */
  sealOlder(): void {
    if (!existsSync(this.dir)) return;
    const names = readdirSync(this.dir).filter((name) => PLAIN.some((suffix) => name.endsWith(suffix)));
    for (const name of names) if (name.endsWith('.csv')) this.sealOne(name.slice(0, -'.csv'.length));
    for (const name of names) rmSync(path.join(this.dir, name), { force: true });
  }

  private sealOne(id: string): void {
    const read = (suffix: string) => {
      const file = path.join(this.dir, `${id}${suffix}`);
      return existsSync(file) ? readFileSync(file) : null;
    };
    const bytes = read('.csv');
    if (!bytes || !z.uuid().safeParse(id).success) return;
    this.discard(id);
    this.within(id, (db) => {
      db.exec(TABLES);
      db.prepare('INSERT INTO piece VALUES (0, ?)').run(bytes);
      saveFact(db, 'name', String(read('.name') ?? ''));
      const draft = read('.json');
      if (draft) saveFact(db, 'draft', String(draft));
    });
  }

  private within<T>(id: string, act: (db: Database) => T): T {
    const isNew = !existsSync(this.at(id));
    try {
      return withDraft(this.at(id), this.key, act);
    } catch (error) {
      // Made with a key that is gone.
      if (!isNew && error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') {
        this.discard(id);
        throw new AppError('not_found', GONE);
      }
      if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN')
        throw new AppError('not_found', GONE);
      throw error;
    }
  }

  private at(id: string): string {
    // The id becomes a file name, so it may be nothing but an id.
    if (!z.uuid().safeParse(id).success) throw new AppError('invalid_input', 'This is not the id of an import.');
    return path.join(this.dir, `${id}.draft`);
  }
}

/** The rows to queue, a part at a time, from a file that `saveParts` named. */
export const readParts = (file: string, key: ReplicaKey): unknown[] =>
  withDraft(file, key, (db) =>
    (db.prepare('SELECT rows FROM part ORDER BY nth').pluck().all() as string[]).map(
      (rows) => JSON.parse(rows) as unknown,
    ),
  );

/** Page by page, so that the connection does other things in between. */
function* rowsOf<T>(db: Database): Generator<T> {
  const hasRows = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'page'`).get();
  if (!hasRows) throw new AppError('not_found', GONE);
  const next = db.prepare('SELECT nth, rows FROM page WHERE nth > ? ORDER BY nth LIMIT 1');
  for (let page = next.get(0) as Page | undefined; page; page = next.get(page.nth) as Page | undefined)
    yield* JSON.parse(page.rows) as T[];
}

function withDraft<T>(file: string, key: ReplicaKey, act: (db: Database) => T): T {
  const db = openDraft(file, key);
  try {
    return act(db);
  } finally {
    db.close();
  }
}

function openDraft(file: string, key: ReplicaKey): Database {
  const db = openDatabase(file, isPlainDatabase(file) ? null : key);
  db.pragma('temp_store = MEMORY');
  return db;
}

const findFact = (db: Database, name: string): string | null =>
  (db.prepare('SELECT value FROM fact WHERE name = ?').pluck().get(name) as string | undefined) ?? null;

const saveFact = (db: Database, name: string, value: string): void =>
  void db.prepare('INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(name, value);
