import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../shared/kernel/app-error.ts';
import { newId } from '../shared/kernel/ids.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/protocol-version.ts';
import {
  createAuthenticator,
  createCarrierEvents,
  createJobDefinitions,
  createRouters,
  JOB_KINDS,
  createSubscribers,
  SHAPE_RULES,
} from './compose.ts';
import { createSettle } from './compose-contacts.ts';
import { listenForAccess } from './db/access-news.ts';
import { createOpenAct, createPerform } from './db/act.ts';
import { databaseErrorCode } from './db/database-error.ts';
import { startEmbeddedPostgres } from './db/embedded-postgres.ts';
import { migrateDatabase } from './db/migrate.ts';
import { createPool, type Pool } from './db/pool.ts';
import { createSeal, readSealKey } from './db/sealed.ts';
import { getServerSecret } from './db/server-secret.ts';
import { assertKeysFit, createFieldKeys } from './db/fields/field-keys.ts';
import { inTx } from './db/tx.ts';
import { createPublish } from './events/event.ts';
import { readEnv, type Env } from './env.ts';
import { createLiveSessions } from './features/auth/sessions/live-session.ts';
import { createApp } from './http/create-app.ts';
import { createHealthRoutes } from './http/health-routes.ts';
import { createMetrics } from './http/metrics.ts';
import { createLogger, createRequestLog } from './http/request-log.ts';
import { openJobs } from './jobs/queue.ts';
import { seedDemo } from './seed/seed-demo.ts';
import { openShapes } from './shapes/open-shapes.ts';
import type { ShapeDefinition } from './shapes/shape-definition.ts';

export type RunningServer = { url: string; close: () => Promise<void> };

/**
 * Starts everything this process's roles ask for and answers when it is ready. What started is stopped again when a later
 * part does not start. `close` lets requests and jobs end, then leaves nothing behind.
 */
export async function startServer(env: Env): Promise<RunningServer> {
  const logger = createLogger(env.logLevel);
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).toReversed())
      await stop().catch((err: unknown) => logger.error({ err }, 'stopping'));
  };
  try {
    const app = await assemble(env, logger, (stop) => stops.push(stop));
    const server = await listen(app, env);
    stops.push(() => stopListening(server));
    const { port } = server.address() as AddressInfo;
    const host = env.host === '0.0.0.0' || env.host === '::' ? 'localhost' : env.host;
    return { url: `http://${host}:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(env: Env, logger: Logger, onStop: (stop: () => Promise<unknown>) => void): Promise<Express> {
  const embedded = env.databaseUrl ? null : await startEmbeddedPostgres(path.join(env.dataDir, 'postgres'));
  if (embedded) onStop(embedded.stop);
  const databaseUrl = env.databaseUrl ?? embedded?.url ?? '';

  const pool = createPool(databaseUrl, (err) => logger.warn({ err }, 'a database connection was lost'));
  onStop(() => pool.end());
  await assertReachable(pool, databaseUrl);
  await migrateDatabase(pool);
  if (embedded) await seedWhenEmpty(pool);
  const jobs = await openJobs(databaseUrl, JOB_KINDS, logger);
  onStop(jobs.close);
  const secret = await getServerSecret(pool, 'access-token');
  const seal = createSeal(readSealKey(env.secretsKey, env.dataDir));

  await assertKeysFit(pool, env.fieldKeys);
  const fields = createFieldKeys(pool, env.fieldKeys);
  const openAct = createOpenAct({
    fields,
    publish: createPublish(createSubscribers(seal)),
    enqueue: jobs.enqueue,
    now: Date.now,
    newId,
  });
  const settle = createSettle(logger);
  const perform = createPerform(pool, openAct, settle);
  const sessions = createLiveSessions(pool, Date.now);
  const metrics = createMetrics();
  const ground = {
    env,
    pool,
    perform,
    openAct,
    settle,
    fields,
    sessions,
    secret,
    seal,
    metrics,
    logger,
    enqueueNow: (job: Parameters<typeof jobs.enqueue>[1]) => inTx(pool, (_tx, client) => jobs.enqueue(client, job)),
  };
  const events = createCarrierEvents(ground);
  const authenticate = createAuthenticator(secret, sessions);

  const health = createHealthRoutes(metrics.registry, [
    { name: 'database', isReady: async () => (await pool.query('select 1')).rowCount === 1 },
    { name: 'jobs', isReady: jobs.isReady },
  ]);
  const shapes = await openShapes({ ...env, pool, databaseUrl, rules: SHAPE_RULES, log: logger });
  onStop(shapes.close);
  const access = await listenForAccess(databaseUrl, (news) => {
    sessions.forgetAll(news?.userId ?? undefined);
    // Their long polls end, and what they may see is decided anew when they ask again.
    shapes.wakeAll((shape) => !news || isOfTenant(shape, news.tenantId));
  });
  onStop(access.close);
  const web = env.roles.has('web') ? createRouters(ground, authenticate, events, shapes) : [];
  if (env.roles.has('worker')) await jobs.work(createJobDefinitions(ground, events));
  return createApp({
    trustProxy: env.trustProxy,
    requestLog: createRequestLog(logger),
    protocol: { minimum: env.minimumProtocol, current: PROTOCOL_VERSION },
    metrics,
    routers: [['/', health], ...web],
  });
}

const isOfTenant = ({ where }: ShapeDefinition, tenantId: string): boolean =>
  where.some((condition) => condition.column === 'tenant_id' && 'value' in condition && condition.value === tenantId);

async function assertReachable(pool: Pool, databaseUrl: string): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (error) {
    const { host } = new URL(databaseUrl);
    const reason = databaseErrorCode(error) ?? 'no answer';
    throw new AppError(
      'unavailable',
      `The database at ${host} cannot be reached (${reason}). Start it, or correct DATABASE_URL.`,
    );
  }
}

/** A newcomer finds a demo to look at; a database with any tenant in it is left alone. */
async function seedWhenEmpty(pool: Pool): Promise<void> {
  const { rowCount } = await pool.query('select 1 from tenants limit 1');
  if (!rowCount) await seedDemo(pool, { contacts: 5_000, now: Date.now() });
}

const listen = (app: Express, { host, port }: Env): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        inUse
          ? new AppError('conflict', `Port ${port} is in use by another program. Stop it, or set PORT to a free one.`)
          : error,
      );
    });
    server.listen(port, host, () => resolve(server));
  });

/** Requests under way may end; what still hangs after two seconds (long polls) is cut, and its client comes again. */
const stopListening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 2_000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

async function main(): Promise<void> {
  const server = await startServer(readEnv(process.env));
  process.stdout.write(`Switchboard server ready on ${server.url}\n`);
  let closing = false;
  const shutDown = () => {
    if (closing) return;
    closing = true;
    void server.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, shutDown);
  // Where there are no signals, who started us says so, or is gone.
  process.on('message', (message) => {
    if (message === 'stop') shutDown();
  });
  process.on('disconnect', shutDown);
  // The same from Electron.
  (process as { parentPort?: NodeJS.EventEmitter }).parentPort?.on('message', ({ data }: { data: unknown }) => {
    if (data === 'stop') shutDown();
  });
}

// The desktop runs it bundled, in a process of its own, where this file is not the one that Node was started with.
if (import.meta.main || process.env['SWITCHBOARD_SERVER'] === 'run')
  main().catch((error: unknown) => {
    const expected = error instanceof AppError || (error instanceof Error && error.message.startsWith('The server'));
    process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
