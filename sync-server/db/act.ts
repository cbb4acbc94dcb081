import type { Instant, Now } from '../../shared/kernel/instant.ts';
import type { NewId } from '../../shared/kernel/ids.ts';
import type { InputOf, Operation, OutputOf } from '../../shared/protocol/operation.ts';
import type { Role } from '../../shared/protocol/role.ts';
import type { Client, Pool } from './pool.ts';
import { inTx, type Tx } from './tx.ts';

/** Who acts: a signed-in person on a device, or the system itself (jobs, webhooks) with neither. */
export type Actor = {
  tenantId: string;
  userId: string | null;
  deviceId: string | null;
  role: Role;
};

export type AuditEntry = {
  action: string;
  entity: string;
  entityId: string | null;
  before?: unknown;
  after?: unknown;
  /** When the row changed, where that is not the act's own now (see row-clock.ts). */
  at?: Instant;
};

/** The pushed write behind an act: when it was made by its device's own clock, and the `updatedAt` of the rows it was made on. */
export type MadeOn = { madeAt: Instant; basedOn: Readonly<Record<string, Instant>> };

/** A job to be done after the transaction commits. `key`: of several waiting jobs with one key only one is kept. */
export type JobRequest = { name: string; data: object; delaySeconds?: number; key?: string };

/** Everything a verb may know and do: one transaction in the name of somebody. */
export type Act = Actor & {
  tx: Tx;
  now: Instant;
  newId: NewId;
  /** Null over REST and for jobs: they act on what is there. */
  madeOn: MadeOn | null;
  audit: (entry: AuditEntry) => Promise<void>;
  enqueue: (job: JobRequest) => Promise<void>;
};

/** The code of an operation on the server. It runs in one transaction, after permission and input were checked. */
export type Verb<O> = (act: Act, input: InputOf<O>) => Promise<OutputOf<O>>;

/** An operation with its verb, types forgotten: what the pusher and the REST routes run. */
export type BoundVerb = { operation: Operation; run: (act: Act, input: unknown) => Promise<unknown> };

export const bindVerb = <O extends { readonly name: string }>(operation: O, verb: Verb<O>): BoundVerb => ({
  operation: operation as unknown as Operation,
  run: verb as unknown as BoundVerb['run'],
});

/** Does `work` in one transaction in the name of `actor`. */
export type Perform = <T>(actor: Actor, work: (act: Act) => Promise<T>) => Promise<T>;

type ActParts = {
  enqueue: (client: Client, job: JobRequest) => Promise<void>;
  now: Now;
  newId: NewId;
};

const INSERT_AUDIT = {
  name: 'audit',
  text: `insert into audit_log (id, tenant_id, user_id, device_id, action, entity, entity_id, before, after, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

/** One act of `actor` in a transaction that may hold several. */
export type OpenAct = (actor: Actor, tx: Tx, client: Client, madeOn?: MadeOn) => Act;

export const createOpenAct =
  ({ enqueue, now, newId }: ActParts): OpenAct =>
  (actor, tx, client, madeOn) => {
    const act = { ...actor, tx, now: now(), newId, madeOn: madeOn ?? null };
    const { tenantId, userId, deviceId } = actor;
    return {
      ...act,
      enqueue: (job) => enqueue(client, job),
      audit: async ({ action, entity, entityId, before = null, after = null, at = act.now }) => {
        // Prepared once a connection: every act comes by here.
        const sides = [before, after].map((side) => (side === null ? null : JSON.stringify(side)));
        const values = [newId(), tenantId, userId, deviceId, action, entity, entityId, ...sides, new Date(at)];
        await client.query({ ...INSERT_AUDIT, values });
      },
    };
  };

export const createPerform =
  (pool: Pool, openAct: OpenAct): Perform =>
  (actor, work) =>
    inTx(pool, (tx, client) => work(openAct(actor, tx, client)));

/** The system acting in a tenant: jobs and webhooks. */
export const systemOf = (tenantId: string): Actor => ({ tenantId, userId: null, deviceId: null, role: 'OWNER' });
