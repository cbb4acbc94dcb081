import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ImportDraft } from '../../../../../shared/imports/import-draft.ts';
import type { ColumnTarget } from '../../../../../shared/imports/column-target.ts';
import { toSearchText } from '../../../../../shared/kernel/search-text.ts';
import { openDatabase, type ReplicaKey } from '../../../replica/sealed-database.ts';

type Choices = Pick<ImportDraft, 'defaultCountry' | 'duplicates' | 'kind' | 'statuses'>;
type Remembered = Choices & { targets: (ColumnTarget | undefined)[] };
type Kept = Choices & { targets: Record<string, ColumnTarget> };

/** So many headers are remembered; the oldest are forgotten. */
const MOST = 200;

/** What was chosen for files with the same headings, whatever their order: on this computer, under its key. */
export class MappingMemory {
  private readonly file: string;
  private readonly key: ReplicaKey;

  constructor(profileDir: string, key: ReplicaKey) {
    this.file = path.join(profileDir, 'imports', 'mappings.sealed');
    this.key = key;
  }

  find(headers: readonly string[]): Remembered | null {
    if (!existsSync(this.file)) return null;
    const found = this.within((db) =>
      db.prepare('SELECT choices FROM mapping WHERE headers = ?').pluck().get(keyOf(headers)),
    );
    if (typeof found !== 'string') return null;
    const { targets, ...choices } = JSON.parse(found) as Kept;
    const folded = headers.map(toSearchText);
    return {
      ...choices,
      targets: folded.map((header) => (Object.hasOwn(targets, header) ? targets[header] : undefined)),
    };
  }

  keep({ columns, defaultCountry, duplicates, kind, statuses }: ImportDraft): void {
    const targets = Object.fromEntries(columns.map(({ header, target }) => [toSearchText(header), target]));
    // What was made then is there now.
    const asked = Object.entries(statuses).filter(([, choice]) => choice.as !== 'create');
    const kept: Kept = { defaultCountry, duplicates, kind, statuses: Object.fromEntries(asked), targets };
    this.within((db) => {
      db.prepare('INSERT OR REPLACE INTO mapping (headers, choices) VALUES (?, ?)').run(
        keyOf(columns.map(({ header }) => header)),
        JSON.stringify(kept),
      );
      db.prepare('DELETE FROM mapping WHERE rowid <= (SELECT max(rowid) FROM mapping) - ?').run(MOST);
    });
  }

  private within<T>(act: (db: ReturnType<typeof openDatabase>) => T): T {
    mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
    const attempt = () => {
      const db = openDatabase(this.file, this.key);
      try {
        db.exec('CREATE TABLE IF NOT EXISTS mapping (headers TEXT UNIQUE, choices TEXT NOT NULL) STRICT');
        return act(db);
      } finally {
        db.close();
      }
    };
    try {
      return attempt();
    } catch (error) {
      // Made with a key that is gone: it is a convenience, and begins anew.
      if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB')) throw error;
      rmSync(this.file, { force: true });
      return attempt();
    }
  }
}

const keyOf = (headers: readonly string[]): string => JSON.stringify(headers.map(toSearchText).toSorted());
