import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { findRunningDatabase, startEmbeddedPostgres } from './db/embedded-postgres.ts';
import {
  convertFields,
  forgetRetiredKeys,
  retireKeys,
  reviveKeys,
  rotateMasterKey,
} from './db/fields/convert-fields.ts';
import { assertKeysFit, createFieldKeys, KEY_MEMORY_MS } from './db/fields/field-keys.ts';
import { migrateDatabase } from './db/migrate.ts';
import { createPool, type Pool } from './db/pool.ts';
import { readEnv, type Env } from './env.ts';

const ACTS: Record<string, (pool: Pool, keys: Env['fieldKeys']) => Promise<string>> = {
  /** Seals what was stored before there was a key. */
  async on(pool, keys) {
    await reviveKeys(pool);
    const changed = await convertFields(pool, keys, createFieldKeys(pool, keys), 'sealed');
    return `${changed} rows were encrypted. What is written from now on is encrypted by the server.`;
  },
  async off(pool, keys) {
    await retireKeys(pool);
    process.stdout.write(`Waiting ${KEY_MEMORY_MS / 1000} s until every server knows that nothing new is encrypted.\n`);
    await wait(KEY_MEMORY_MS + 1_000);
    const changed = await convertFields(pool, keys, createFieldKeys(pool, keys), 'open');
    await forgetRetiredKeys(pool);
    return `${changed} rows were decrypted. Take FIELD_ENCRYPTION_KEYS out of the server's settings now.`;
  },
  async rotate(pool, keys) {
    const changed = await rotateMasterKey(pool, keys);
    return `The keys of ${changed} workspaces are under "${keys[0]?.id ?? ''}" now. The other master keys can go.`;
  },
};

/** `npm run fields -- on|off|rotate`: encrypts notes that are stored already, decrypts them, or changes the master key. */
async function main(): Promise<void> {
  const act = ACTS[process.argv[2] ?? ''];
  if (!act) throw new Error('Say what to do: npm run fields -- on, off or rotate.');
  const env = readEnv(process.env);
  if (!env.fieldKeys.length) throw new Error('FIELD_ENCRYPTION_KEYS is not set, so there is no key to work with.');
  const dir = path.join(env.dataDir, 'postgres');
  const running = env.databaseUrl ?? findRunningDatabase(dir);
  const embedded = running ? null : await startEmbeddedPostgres(dir);
  const pool = createPool(running ?? embedded?.url ?? '', () => undefined);
  try {
    await migrateDatabase(pool);
    await assertKeysFit(pool, env.fieldKeys);
    process.stdout.write(`${await act(pool, env.fieldKeys)}\n`);
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
