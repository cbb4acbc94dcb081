import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Postgres for this run. Test files make databases of their own in it. */
    postgresUrl: string;
  }
}

/** One throw-away Postgres for all `*.pg.test.ts` of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-pg-'));
  const database = await startEmbeddedPostgres(dir, [
    'fsync=off',
    'synchronous_commit=off',
    'max_connections=200',
    'max_replication_slots=60',
    'max_wal_senders=60',
  ]);
  project.provide('postgresUrl', database.url);
  return async () => {
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
