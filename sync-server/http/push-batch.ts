import { AppError, type ErrorBody } from '../../shared/kernel/app-error.ts';
import { MAX_WRITE_BYTES, type PushRequest } from '../../shared/protocol/push.ts';
import { systemOf, type Act, type Actor, type MadeOn, type OpenAct, type Settle } from '../db/act.ts';
import { AuditBuffer } from '../db/audit/audit-buffer.ts';
import { isPassingError, toAppError } from '../db/database-error.ts';
import { traceOfId, withTrace } from '../db/trace.ts';
import type { Client, Pool } from '../db/pool.ts';
import { tellHistory } from '../db/audit/history-actor.ts';
import { inTx } from '../db/tx.ts';
import { admit, type Verbs } from './run-operation.ts';
import { claimWrites, isReceiptOf, storeReceipts, type NewReceipt, type Receipt } from './write-receipts.ts';

export type PushedWrite = PushRequest['writes'][number];

/** `txid` where it was accepted, the error where it was refused. */
export type Decision = { accepted: string } | { refused: ErrorBody };

type BatchParts = {
  pool: Pool;
  verbs: Verbs;
  openAct: OpenAct;
  settle: Settle;
  now: () => number;
  /** The body was large enough that single writes may be too large. */
  mayBeTooLarge: boolean;
  onFault: (error: unknown, operation: string) => void;
};

/** Postgres caches 64 subtransactions of a transaction; beyond that every reader of the database pays. */
export const MAX_BATCH = 50;
/** Rows that a batch has changed stay locked until it commits. */
const MAX_BATCH_MS = 250;

/**
 * Decides writes in order in one transaction, each in a savepoint of its own: a refusal takes back its own changes only.
 * All that was decided commits together with its receipts. Stops early when time is up, or before a write that failed for a
 * passing reason; throws, with nothing decided, when that is the first one or the transaction itself fails.
 */
export async function decideBatch(
  parts: BatchParts,
  caller: Actor,
  writes: readonly PushedWrite[],
): Promise<Decision[]> {
  return inTx(parts.pool, async (tx, client) => {
    const known = await claimWrites(
      tx,
      writes.map(({ writeId }) => writeId),
    );
    await tellHistory(client, caller, parts.now());
    const decisions: (Decision | 'accepted here')[] = [];
    const receipts = new Map<string, NewReceipt>();
    const savepoint = createSavepoint(client);
    const audits = new AuditBuffer(client);
    const until = parts.now() + MAX_BATCH_MS;
    for (const write of writes) {
      if (decisions.length && parts.now() >= until) break;
      const earlier = known.get(write.writeId);
      // The same id twice in one request: the first decides.
      const decided = earlier ? answerOf(earlier, caller) : toDecision(receipts.get(write.writeId));
      if (decided) {
        decisions.push(decided);
        continue;
      }
      await savepoint.begin();
      try {
        const open = (madeOn: MadeOn) => parts.openAct(caller, tx, client, audits, madeOn);
        const decide = () => decideOne(parts, caller, write, open);
        receipts.set(write.writeId, await withTrace(traceOfId(write.writeId), decide));
        audits.keepWrite();
      } catch (error) {
        await savepoint.takeBack();
        audits.takeBackWrite();
        if (isPassingError(error)) {
          if (!decisions.length) throw error;
          break;
        }
        receipts.set(write.writeId, refusalOf(parts, caller, write, error));
      }
      decisions.push(toDecision(receipts.get(write.writeId)) ?? 'accepted here');
    }
    await savepoint.end();
    if (audits.isUsed) await parts.settle(parts.openAct(systemOf(caller.tenantId), tx, client, audits));
    await audits.store();
    const txid = receipts.size ? await storeReceipts(tx, [...receipts.values()]) : '';
    return decisions.map((decision) => (decision === 'accepted here' ? { accepted: txid } : decision));
  });
}

/** Stores that a write is refused which no transaction can hold; a receipt it has got in the meantime wins. */
export async function refuseAlone(
  parts: BatchParts,
  caller: Actor,
  write: PushedWrite,
  error: unknown,
): Promise<Decision> {
  return inTx(parts.pool, async (tx) => {
    const earlier = (await claimWrites(tx, [write.writeId])).get(write.writeId);
    if (earlier) return answerOf(earlier, caller);
    const receipt = refusalOf(parts, caller, write, error);
    await storeReceipts(tx, [receipt]);
    return { refused: bodyOf(receipt) };
  });
}

async function decideOne(
  { verbs, mayBeTooLarge }: BatchParts,
  caller: Actor,
  write: PushedWrite,
  open: (madeOn: MadeOn) => Act,
): Promise<NewReceipt> {
  const { madeAt, basedOn = {}, writeId, unit = null } = write;
  const act = open({ madeAt, basedOn, writeId, unit });
  if (mayBeTooLarge) assertSize(write);
  const bound = verbs.get(write.name);
  if (bound?.operation.kind !== 'command')
    throw new AppError('invalid_input', `This server does not know "${write.name}". Nothing was changed.`);
  if (bound.operation.online)
    throw new AppError(
      'invalid_input',
      `“${write.name}” is asked of the server at once and cannot wait. Nothing was changed.`,
    );
  await bound.run(act, admit(bound.operation, caller.role, write.input));
  return { ...ownedBy(caller, write, act.now), status: 'accepted' };
}

function assertSize({ input }: PushedWrite): void {
  if (Buffer.byteLength(JSON.stringify(input ?? null)) <= MAX_WRITE_BYTES) return;
  const message = `This is larger than ${MAX_WRITE_BYTES / 1_000_000} MB, more than one change may be. It was not taken; make it smaller.`;
  throw new AppError('invalid_input', message, { reason: 'too_large', limitBytes: MAX_WRITE_BYTES });
}

function refusalOf({ onFault, now }: BatchParts, caller: Actor, write: PushedWrite, error: unknown): NewReceipt {
  const { code, message, details } = toAppError(error);
  if (code === 'internal') onFault(error, write.name);
  return {
    ...ownedBy(caller, write, now()),
    status: 'refused',
    code,
    message: storable(message),
    details: details ? (JSON.parse(storable(JSON.stringify(details))) as Record<string, unknown>) : null,
  };
}

const ownedBy = (caller: Actor, { writeId, name }: PushedWrite, createdAt: number) => ({
  id: writeId,
  tenantId: caller.tenantId,
  deviceId: caller.deviceId,
  userId: caller.userId,
  name: storable(name),
  createdAt,
});

/** What a sender wrote may stand in a refusal; Postgres holds neither NUL nor half a surrogate pair, plain or escaped. */
const storable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
    .replaceAll(/\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, '\\ufffd');

/** Null for what is not decided, or accepted by the transaction at hand. */
const toDecision = (receipt: NewReceipt | undefined): Decision | 'accepted here' | null =>
  receipt === undefined ? null : receipt.status === 'accepted' ? 'accepted here' : { refused: bodyOf(receipt) };

function answerOf(receipt: Receipt, caller: Actor): Decision {
  // Somebody else's write id: answered without a trace, and without telling what it was.
  if (!isReceiptOf(receipt, caller)) {
    const message = 'This change carries the number of another one. Nothing was changed; do it again.';
    return { refused: { code: 'conflict', message } };
  }
  return receipt.status === 'accepted' ? { accepted: receipt.txid } : { refused: bodyOf(receipt) };
}

const bodyOf = ({ code, message, details }: NewReceipt): ErrorBody => ({
  code: (code ?? 'internal') as ErrorBody['code'],
  message: message ?? '',
  ...(details ? { details } : {}),
});

/** One savepoint after the other under one name; what needs no statement of its own costs none. */
function createSavepoint(client: Client) {
  let state: 'none' | 'clean' | 'used' = 'none';
  return {
    async begin() {
      if (state === 'none') await client.query('savepoint w');
      if (state === 'used') await client.query('release savepoint w; savepoint w');
      state = 'used';
    },
    async takeBack() {
      await client.query('rollback to savepoint w');
      state = 'clean';
    },
    async end() {
      if (state !== 'none') await client.query('release savepoint w');
    },
  };
}
