import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { JobRequest } from '../db/act.ts';
import { toAppError } from '../db/database-error.ts';
import { currentTrace, newTrace, withTrace } from '../db/trace.ts';
import type { Client } from '../db/pool.ts';
import { JobRetry, type JobDefinition, type JobKind } from './job-definition.ts';

/** The job queue in Postgres. */
export type Jobs = {
  /** Adds a job in the transaction of `client`: it exists if and only if that commits. */
  enqueue: (client: Client, job: JobRequest) => Promise<void>;
  /** Begins to do jobs in this process. */
  work: (definitions: readonly JobDefinition[]) => Promise<void>;
  isReady: () => Promise<boolean>;
  /** Lets running jobs end, at most 10 s, then stops. */
  close: () => Promise<void>;
};

/** A worker that is silent this long is taken for dead and its job given to another. The least that pg-boss allows. */
const HEARTBEAT_SECONDS = 10;

export async function openJobs(databaseUrl: string, kinds: readonly JobKind[], logger: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'switchboard jobs',
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'job queue'));
  await boss.start();
  for (const kind of kinds) {
    await boss.createQueue(kind.name, { notify: true });
    await boss.updateQueue(kind.name, retryRules(kind));
    if (kind.cron) await boss.schedule(kind.name, kind.cron, null, { missed: 'once' });
  }

  return {
    async enqueue(client, { name, data, delaySeconds, key }) {
      const traceId = currentTrace();
      await boss.send(name, traceId ? { ...data, traceId } : data, {
        db: { executeSql: (text, values) => client.query(text, values) },
        ...(delaySeconds === undefined ? {} : { startAfter: delaySeconds }),
        ...(key === undefined ? {} : { singletonKey: key }),
      });
    },
    async work(definitions) {
      for (const definition of definitions) await workOn(boss, definition, logger);
    },
    isReady: async () => (await boss.schemaVersion()) !== null,
    close: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

const retryRules = ({ retryLimit, retryDelaySeconds }: JobKind) => ({
  retryLimit,
  retryDelay: retryDelaySeconds,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 3_600,
  deleteAfterSeconds: 3 * 24 * 3_600,
});

async function workOn(boss: PgBoss, definition: JobDefinition, logger: Logger): Promise<void> {
  const { name, concurrency, retryLimit } = definition.kind;
  // Without the short poll a notify queue sees its retries and delayed jobs only every 30 s.
  const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
  await boss.work<unknown>(name, { ...polling, batchSize: 1, localConcurrency: concurrency }, async (batch) => {
    for (const job of batch) {
      try {
        const attempt = { isLastAttempt: job.retryCount >= retryLimit, signal: job.signal };
        await withTrace(traceOfJob(job.data), () => definition.run(job.data, attempt));
      } catch (error) {
        if (!(error instanceof JobRetry))
          logger.error({ err: error, job: name, attempt: job.retryCount, traceId: traceOfJob(job.data) }, 'job failed');
        throw toldError(error);
      }
    }
  });
}

/** What the queue keeps of an error, for people to read: words. Queries, what stood in them and where it happened are in the log. */
function toldError(error: unknown): Error {
  const told = new Error(error instanceof JobRetry ? error.message : toAppError(error).message);
  delete told.stack;
  return told;
}

/** The trace of what enqueued a job; one that nobody enqueued (a schedule) begins its own. */
function traceOfJob(data: unknown): string {
  const given = (data as { traceId?: unknown } | null)?.traceId;
  return typeof given === 'string' ? given : newTrace();
}
