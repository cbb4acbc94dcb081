import { json, Router, type Request } from 'express';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { MAX_WRITE_BYTES, pushRequest, type PushResult } from '../../shared/protocol/push.ts';
import type { OpenAct, Settle } from '../db/act.ts';
import { isPassingError } from '../db/database-error.ts';
import type { Pool } from '../db/pool.ts';
import { commitLsnAfter } from '../db/tx.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import { decideBatch, MAX_BATCH, refuseAlone, type Decision, type PushedWrite } from './push-batch.ts';
import type { RateLimit } from './rate-limit.ts';
import { upcastWrites } from './upcasts/upcast-writes.ts';
import type { Verbs } from './run-operation.ts';
import { endReceipts } from './write-receipts.ts';

type PushParts = {
  pool: Pool;
  verbs: Verbs;
  openAct: OpenAct;
  settle: Settle;
  now: () => number;
  authenticate: Authenticate;
  rateLimit: RateLimit;
  onWrite: (status: PushResult['status']) => void;
  onFault: (error: unknown, operation: string) => void;
};

/** `POST /api/sync/push`: decides the writes of one device in order, each once. */
export function createPushRoute(parts: PushParts): Router {
  const router = Router();
  router.post(
    '/',
    async (req, res, next) => {
      const caller = await parts.authenticate(req);
      res.locals['caller'] = caller;
      await parts.rateLimit(caller.deviceId, res);
      next();
    },
    json({ limit: '8mb' }),
    async (req, res) => {
      const caller = res.locals['caller'] as Caller;
      // First of all: what another version sends need not be what this one can parse.
      upcastWrites([], protocolOf(req.body));
      const { protocol, deviceId, writes, ended } = pushRequest.parse(req.body);
      if (deviceId !== caller.deviceId)
        throw new AppError('forbidden', 'These changes belong to another device. They were not taken.');
      await endReceipts(parts.pool, caller, ended ?? [], parts.now());
      res.json({ results: await decideInOrder(parts, caller, upcastWrites(writes, protocol), mayBeTooLarge(req)) });
    },
  );
  return router;
}

function protocolOf(body: unknown): number {
  const protocol = (body as { protocol?: unknown } | null | undefined)?.protocol;
  return typeof protocol === 'number' ? protocol : PROTOCOL_VERSION;
}

/** A body without a length came in chunks, or compressed, and may be of any size. */
const mayBeTooLarge = ({ headers }: Request): boolean =>
  headers['content-encoding'] !== undefined || !(Number(headers['content-length']) <= MAX_WRITE_BYTES);

async function decideInOrder(
  parts: PushParts,
  caller: Caller,
  writes: readonly PushedWrite[],
  checkSizes: boolean,
): Promise<PushResult[]> {
  // As the database writes them: in capitals it is the same id.
  const known = writes.map((write) => ({ ...write, writeId: write.writeId.toLowerCase() }));
  const decisions = await decideAll({ ...parts, mayBeTooLarge: checkSizes }, caller, known);
  // One position after the last commit is an upper bound for all of them.
  const commitLsn = decisions.some((d) => d !== 'retry' && 'accepted' in d) ? await commitLsnAfter(parts.pool) : '0';
  return decisions.map((decision, i) => {
    const result = toResult(must(writes[i], 'write').writeId, decision, commitLsn);
    parts.onWrite(result.status);
    return result;
  });
}

/**
 * Batch by batch. When a batch fails as a whole its writes are tried again one by one, so that one that cannot be decided
 * holds up those after it and none before it.
 */
async function decideAll(
  parts: Parameters<typeof decideBatch>[0],
  caller: Caller,
  writes: readonly PushedWrite[],
): Promise<(Decision | 'retry')[]> {
  const decisions: (Decision | 'retry')[] = [];
  let aloneUntil = 0;
  while (decisions.length < writes.length) {
    const at = decisions.length;
    const batch = writes.slice(at, at < aloneUntil ? at + 1 : at + MAX_BATCH);
    try {
      decisions.push(...(await decideBatch(parts, caller, batch)));
    } catch (error) {
      if (batch.length > 1) aloneUntil = at + batch.length;
      else decisions.push(await giveUpOn(parts, caller, must(batch[0], 'write'), error));
      if (decisions.at(-1) === 'retry') break;
    }
  }
  return decisions;
}

async function giveUpOn(
  parts: Parameters<typeof decideBatch>[0],
  caller: Caller,
  write: PushedWrite,
  error: unknown,
): Promise<Decision | 'retry'> {
  if (isPassingError(error)) return 'retry';
  return refuseAlone(parts, caller, write, error).catch((later: unknown) => {
    if (isPassingError(later)) return 'retry';
    throw later;
  });
}

function toResult(writeId: string, decision: Decision | 'retry', commitLsn: string): PushResult {
  if (decision === 'retry')
    return { writeId, status: 'retry', message: 'The server could not decide this now. It is kept and sent again.' };
  if ('accepted' in decision) return { writeId, status: 'accepted', txid: decision.accepted, commitLsn };
  return { writeId, status: 'refused', ...decision.refused };
}
