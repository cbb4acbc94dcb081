import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findRunningDatabase, startEmbeddedPostgres } from './db/embedded-postgres.ts';
import { migrateDatabase } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import { readEnv } from './env.ts';
import { DEMO_PASSWORD, seedDemo } from './seed/seed-demo.ts';

const options = z.object({
  contacts: z.coerce.number().int().min(0).max(5_000_000).default(5_000),
  number: z.array(z.e164('--number wants an E.164 number, like +15558675310')).default([]),
});

/** `npm run seed -- [--contacts N] [--number +15558675310]`: fills the demo tenant of the database this server would use. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { contacts: { type: 'string' }, number: { type: 'string', multiple: true } },
  });
  const parsed = options.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { contacts, number } = parsed.data;
  const env = readEnv(process.env);
  const dir = path.join(env.dataDir, 'postgres');
  // A server that runs on this directory has its database open: it is filled while people watch.
  const running = env.databaseUrl ?? findRunningDatabase(dir);
  const embedded = running ? null : await startEmbeddedPostgres(dir);
  const pool = createPool(running ?? embedded?.url ?? '', () => undefined);
  try {
    await migrateDatabase(pool);
    const startedAt = Date.now();
    await seedDemo(pool, { contacts, numbers: number, now: startedAt });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const also = number.length ? ` and ${number.join(', ')}` : '';
    process.stdout.write(
      `Northwell Heating has ${contacts} contacts${also} (${seconds} s). Sign in as owner@demo.test, ${DEMO_PASSWORD}.\n`,
    );
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
