import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { createSchema } from './replica-schema.ts';

/** Forward only: the nth entry takes a replica from version n to n + 1. An entry that has shipped is never edited. */
const MIGRATIONS: readonly (() => readonly string[])[] = [createSchema];

/** Brings a replica to this version's schema, in one transaction. */
export function migrate(db: Database, migrations = MIGRATIONS): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > migrations.length)
    throw new AppError(
      'not_allowed_now',
      'The data on this computer was written by a newer version of Switchboard. Nothing was changed. Update Switchboard to open it.',
    );
  if (from === migrations.length) return;
  db.transaction(() => {
    for (const statements of migrations.slice(from)) for (const sql of statements()) db.exec(sql);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}
