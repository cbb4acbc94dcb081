import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { APP_VERSION } from '../../../shared/protocol/app-version.ts';
import { MIGRATIONS } from '../migrate.ts';

const copiedTable = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1) });
export type CopiedTable = z.output<typeof copiedTable>;

/** The first line of a backup's content: what it holds and what can read it. */
export const backupManifest = z.object({
  app: z.string(),
  takenAt: z.string(),
  postgres: z.string(),
  /** Of which history of the database it is; a restored one begins another. */
  epoch: z.string(),
  /** Migrations that had run, by the `when` of the journal. */
  migrations: z.array(z.number()),
  /** The version of the job queue's own tables. */
  jobs: z.number().nullable(),
  tables: z.array(copiedTable),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type BackupManifest = z.output<typeof backupManifest>;

/** Everything of ours, whatever feature it belongs to. What migrations and the job queue write about themselves is made anew. */
const TABLES = `
  select n.nspname as schema, c.relname as name,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'drizzle')
    and (n.nspname, c.relname) <> ('pgboss', 'version')
  order by 1, 2`;

const SEQUENCES = `
  select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as value
  from pg_sequences where last_value is not null and schemaname <> 'drizzle' order by 1`;

/** Reads it in the transaction whose snapshot is copied. */
export async function readManifest(client: pg.Client, epoch: string): Promise<BackupManifest> {
  const rows = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows;
  const [server] = await rows<{ version: string; jobs: string | null; ours: string | null; now: Date }>(
    `select current_setting('server_version') as version, now(), to_regclass('pgboss.version')::text as jobs,
      to_regclass('drizzle.__drizzle_migrations')::text as ours`,
  );
  if (!server?.ours)
    throw new AppError('not_found', 'This database has nothing of Switchboard in it yet. Start the server once.');
  const ran = await rows<{ created_at: string }>('select created_at from drizzle.__drizzle_migrations order by 1');
  const [jobs] = server?.jobs ? await rows<{ version: number }>('select version from pgboss.version') : [];
  return {
    app: APP_VERSION,
    takenAt: server?.now.toISOString() ?? '',
    postgres: server?.version ?? '',
    epoch,
    migrations: ran.map(({ created_at: when }) => Number(when)),
    jobs: jobs?.version ?? null,
    tables: await rows<CopiedTable>(TABLES),
    sequences: await rows<{ name: string; value: string }>(SEQUENCES),
  };
}

type JournalEntry = { when: number; tag: string };

/** Every migration that this version knows, in order. */
export function knownMigrations(): JournalEntry[] {
  const journal = JSON.parse(readFileSync(path.join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')) as {
    entries: JournalEntry[];
  };
  return journal.entries;
}

export const quoteTable = ({ schema, name }: Pick<CopiedTable, 'schema' | 'name'>): string =>
  `${quoteName(schema)}.${quoteName(name)}`;
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
