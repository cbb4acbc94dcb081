import { randomUUID } from 'node:crypto';
import { newId } from '../../../../shared/kernel/ids.ts';
import { must } from '../../../../shared/kernel/must.ts';
import { createSettle } from '../../../compose-contacts.ts';
import { JOB_KINDS } from '../../../compose.ts';
import { createOpenAct, createPerform, systemOf, type Act, type Perform } from '../../../db/act.ts';
import { NO_FIELD_KEYS } from '../../../db/fields/field-keys.ts';
import { createLogger } from '../../../http/request-log.ts';
import type { JobDefinition } from '../../../jobs/job-definition.ts';
import { openJobs } from '../../../jobs/queue.ts';
import { createTestDatabase } from '../../../testing/test-database.ts';
import { createContactVerbs } from '../../contacts/contact-verbs.ts';
import { placing } from '../../contacts/placing/place-contacts.ts';
import { createStatusVerbs } from '../status-verbs.ts';

export const mover = placing;

/** A database with a clock of its own: verbs, what follows from them and jobs, run when the test says so. */
export async function startStatusWorld() {
  const database = await createTestDatabase();
  const { pool } = database;
  const logger = createLogger('silent');
  // No worker: what is enqueued stays where a test can see it.
  const jobs = await openJobs(database.url, JOB_KINDS, logger);
  let clock = Date.parse('2026-03-02T15:00:00Z');
  const openAct = createOpenAct({
    fields: NO_FIELD_KEYS,
    publish: async () => undefined,
    enqueue: jobs.enqueue,
    now: () => clock,
    newId,
  });
  const perform: Perform = createPerform(pool, openAct, createSettle(logger));
  const verbs = new Map(
    [...createStatusVerbs(mover), ...createContactVerbs(async (_act, { values }) => values)].map((one) => [
      one.operation.name,
      one,
    ]),
  );
  const rows = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> =>
    (await pool.query(sql, values)).rows as T[];

  /** A workspace of its own with what a test does there. */
  async function tenant(timezone = 'America/New_York') {
    const tenantId = randomUUID();
    await rows(
      `insert into tenants (id, name, country, timezone, created_at) values ($1, 'T', 'US', $2, now())`,
      tenantId,
      timezone,
    );
    const call = (name: string, input: unknown) =>
      perform(systemOf(tenantId), (act) => run(act, name, input)) as Promise<{ id: string } & Record<string, unknown>>;
    const run = (act: Act, name: string, input: unknown) => {
      const bound = must(verbs.get(name), name);
      return bound.run(act, bound.operation.input.parse(input));
    };
    return {
      tenantId,
      call,
      contact: async (leadStatus: string | null, more: object = {}) =>
        (await call('contacts.create', { firstName: 'Ada', leadStatus, ...more })).id,
      /** A status beside those every workspace begins with. */
      status: async (name: string) => (await call('leadStatuses.create', { name })).id,
      give: (id: string, leadStatus: string | null) => call('contacts.update', { id, leadStatus }),
      automation: async (fields: object) =>
        (await call('statusAutomations.create', { name: 'A', isActive: true, ...fields })).id,
      statusOf: async (id: string) =>
        (await rows<{ status: string }>('select lead_status as status from contacts where id = $1', id))[0]?.status,
      firings: (automationId: string) =>
        rows<{ contactId: string; outcome: string; reason: string | null; at: Date; dueAt: Date | null }>(
          `select contact_id as "contactId", outcome, reason, at, due_at as "dueAt" from status_firings
           where automation_id = $1 order by at, id`,
          automationId,
        ),
      /** Seconds from now until each job of that name is to begin. */
      jobs: async (name: string) =>
        (
          await rows<{ delay: number }>(
            `select round(extract(epoch from start_after - created_on))::int as delay from pgboss.job
             where name = $1 and state = 'created' and data ->> 'tenantId' = $2 order by start_after`,
            name,
            tenantId,
          )
        ).map(({ delay }) => delay),
      work: (job: JobDefinition, data: object = {}) =>
        job.run({ tenantId, ...data }, { isLastAttempt: false, signal: new AbortController().signal }),
    };
  }

  return {
    pool,
    perform,
    rows,
    tenant,
    now: () => clock,
    at: (time: string) => {
      clock = Date.parse(time);
    },
    pass: (ms: number) => {
      clock += ms;
    },
    close: async () => {
      await jobs.close();
      await database.drop();
    },
  };
}

export type StatusWorld = Awaited<ReturnType<typeof startStatusWorld>>;
export type StatusTenant = Awaited<ReturnType<StatusWorld['tenant']>>;
