import { AppError } from '../../shared/kernel/app-error.ts';
import type { Instant, Now } from '../../shared/kernel/instant.ts';
import type { NewId } from '../../shared/kernel/ids.ts';
import type { InputOf, Operation, OutputOf } from '../../shared/protocol/operation.ts';
import type { Role } from '../../shared/protocol/role.ts';
import type { DomainEvent, Publish } from '../events/event.ts';
import { AuditBuffer } from './audit/audit-buffer.ts';
import { currentTrace } from './trace.ts';
import { tellHistory, type HistoryNote } from './audit/history-actor.ts';
import type { FieldKeys } from './fields/field-keys.ts';
import type { Client, Pool } from './pool.ts';
import { inTx, type Tx } from './tx.ts';

/** Who acts: a signed-in person on a device, or the system itself (jobs, webhooks) with neither. */
export type Actor = {
  tenantId: string;
  userId: string | null;
  deviceId: string | null;
  role: Role;
  /** By which access token: its scopes hold for whatever one act does by way of another. */
  token?: { readonly scopes: readonly string[] } | null;
};

/** An act that takes another one back. */
export type Inverse = { name: string; input: Record<string, unknown> };

export type AuditEntry = {
  action: string;
  entity: string;
  entityId: string | null;
  before?: unknown;
  after?: unknown;
  /** Whom it is about, where it is one contact; a contact's own acts need not say. */
  contactId?: string | null;
  /** How many records it is about; one when it does not say. */
  records?: number;
  /** The operation that takes it back: one of the product's, or one of the server's own (see activity/undo-act.ts). */
  undo?: Inverse | null;
  /** The act that this one takes back. */
  undoes?: string | null;
  /** Where something else already goes by it (trash). */
  id?: string;
  /** Of the act it is a part of, where the write does not say so. */
  unit?: string;
  /** When the row changed, where that is not the act's own now (see row-clock.ts). */
  at?: Instant;
};

/** The pushed write behind an act: when it was made by its device's own clock, and the `updatedAt` of the rows it was made on. */
export type MadeOn = {
  madeAt: Instant;
  basedOn: Readonly<Record<string, Instant>>;
  writeId: string;
  /** Where it is a part of one: the act that a person knows. */
  unit: string | null;
};

/** A job to be done after the transaction commits. `key`: of several waiting jobs with one key only one is kept. */
export type JobRequest = { name: string; data: object; delaySeconds?: number; key?: string };

/** Everything a verb may know and do: one transaction in the name of somebody. */
export type Act = Actor & {
  tx: Tx;
  now: Instant;
  newId: NewId;
  /** Null over REST and for jobs: they act on what is there. */
  madeOn: MadeOn | null;
  /** Adds to the audit log, with the rest of the transaction. */
  audit: (entry: AuditEntry) => void;
  /** To be awaited by who reads the audit log within the act: what was added to it may still be held back. */
  storeAudit: () => Promise<void>;
  enqueue: (job: JobRequest) => Promise<void>;
  /** A text as it is to be stored in a field that may be encrypted; `place` is the id of its row. */
  seal: (place: string, text: string) => Promise<string>;
  /** Does `work`, of whose changes the history of contacts says this too. */
  inHistory: <T>(more: HistoryNote, work: () => Promise<T>) => Promise<T>;
  /** Tells other features, within the transaction. */
  publish: (event: DomainEvent) => Promise<void>;
};

/** The code of an operation on the server. It runs in one transaction, after permission and input were checked. */
export type Verb<O> = (act: Act, input: InputOf<O>) => Promise<OutputOf<O>>;

/** Acts in the caller's name, each in a transaction of its own. */
export type Look = <T>(work: (act: Act) => Promise<T>) => Promise<T>;

/**
 * A verb that asks an outside system. `prepare` does that before the verb's transaction begins, so that no row stays locked and no
 * connection taken while somebody else answers; `run` gets what it found. For operations that are `online`, and not for agents.
 */
export type PreparedVerb<O, P> = {
  prepare: (look: Look, input: InputOf<O>) => Promise<P>;
  run: (act: Act, input: InputOf<O>, prepared: P) => Promise<OutputOf<O>>;
};

/** A file on its way to whoever asked, piece by piece. */
export type FileAnswer = { name: string; pieces: AsyncIterable<string> };

/** The verb of an operation whose answer is a file. The transaction lasts until the last piece is gone; `open` makes sealed JSON readable. */
export type FileVerb<O> = (
  act: Act,
  input: InputOf<O>,
  open: (json: string) => Promise<string>,
) => Promise<FileAnswer> | FileAnswer;

/** An operation with its verb, types forgotten: what the pusher and the REST routes run. */
export type BoundVerb = {
  operation: Operation;
  prepare?: (look: Look, input: unknown) => Promise<unknown>;
  run: (act: Act, input: unknown, prepared?: unknown) => Promise<unknown>;
  file?: FileVerb<Operation>;
};

export const bindVerb = <O extends { readonly name: string }>(operation: O, verb: Verb<O>): BoundVerb => ({
  operation: operation as unknown as Operation,
  run: verb as unknown as BoundVerb['run'],
});

export const bindPrepared = <O extends { readonly name: string }, P>(
  operation: O,
  { prepare, run }: PreparedVerb<O, P>,
): BoundVerb => ({
  operation: operation as unknown as Operation,
  prepare: prepare as unknown as NonNullable<BoundVerb['prepare']>,
  run: run as unknown as BoundVerb['run'],
});

export const bindFile = <O extends { readonly name: string }>(operation: O, file: FileVerb<O>): BoundVerb => ({
  operation: operation as unknown as Operation,
  file: file as unknown as NonNullable<BoundVerb['file']>,
  run: async () => {
    throw new AppError('not_allowed_now', 'The answer is a file: ask for it over REST.');
  },
});

/** Does `work` in one transaction in the name of `actor`. */
export type Perform = <T>(actor: Actor, work: (act: Act) => Promise<T>) => Promise<T>;

type ActParts = {
  fields: FieldKeys;
  publish: Publish;
  enqueue: (client: Client, job: JobRequest) => Promise<void>;
  now: Now;
  newId: NewId;
};

/** One act of `actor` in a transaction that may hold several; whoever opened the transaction stores what it adds to `audits`. */
export type OpenAct = (actor: Actor, tx: Tx, client: Client, audits: AuditBuffer, madeOn?: MadeOn) => Act;

export const createOpenAct =
  ({ enqueue, publish, fields, now, newId }: ActParts): OpenAct =>
  (actor, tx, client, audits, madeOn) => {
    const at = now();
    const { tenantId, userId, deviceId } = actor;
    const together = madeOn?.writeId ?? newId();
    const act: Act = {
      ...actor,
      tx,
      now: at,
      newId,
      madeOn: madeOn ?? null,
      enqueue: (job) => enqueue(client, job),
      seal: (place, text) => fields.seal(tenantId, place, text),
      publish: (event) => publish(act, event),
      audit: ({ id = newId(), action, entity, entityId, before = null, after = null, at: changedAt = at, ...more }) =>
        audits.add({
          id,
          tenant_id: tenantId,
          user_id: userId,
          device_id: deviceId,
          action,
          entity,
          entity_id: entityId,
          before,
          after,
          trace_id: currentTrace(),
          contact_id: more.contactId ?? (entity === 'contact' ? entityId : null),
          records: more.records ?? 1,
          undo: more.undo ?? null,
          undoes: more.undoes ?? null,
          unit: more.unit ?? (madeOn?.unit === together ? null : (madeOn?.unit ?? null)),
          together,
          at: new Date(changedAt).toISOString(),
        }),
      storeAudit: () => audits.store(),
      inHistory: async (more, work) => {
        await tellHistory(client, actor, at, more);
        const outcome = await work();
        await tellHistory(client, actor, at);
        return outcome;
      },
    };
    return act;
  };

/** What follows by itself from what a transaction did, at its end and within it. Asked where anything was added to the audit log. */
export type Settle = (act: Act) => Promise<void>;

export const createPerform =
  (pool: Pool, openAct: OpenAct, settle: Settle = async () => undefined): Perform =>
  (actor, work) =>
    inTx(pool, async (tx, client) => {
      const audits = new AuditBuffer(client);
      const act = openAct(actor, tx, client, audits);
      await tellHistory(client, actor, act.now);
      const outcome = await work(act);
      if (audits.isUsed) await settle(openAct(systemOf(actor.tenantId), tx, client, audits));
      await audits.store();
      return outcome;
    });

/** The system acting in a tenant: jobs and webhooks. */
export const systemOf = (tenantId: string): Actor => ({ tenantId, userId: null, deviceId: null, role: 'OWNER' });
