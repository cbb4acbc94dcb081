import { json, Router } from 'express';
import { eq } from 'drizzle-orm';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { pushRequest, type PushRequest, type PushResult } from '../../shared/protocol/push.ts';
import type { Act, Perform } from '../db/act.ts';
import { isPassingError, toAppError } from '../db/database-error.ts';
import type { Pool } from '../db/pool.ts';
import { commitLsnAfter, CURRENT_TXID } from '../db/tx.ts';
import { writeReceipts } from '../db/write-receipts-table.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import type { RateLimit } from './rate-limit.ts';
import { admit, type Verbs } from './run-operation.ts';

type PushedWrite = PushRequest['writes'][number];
type Receipt = typeof writeReceipts.$inferSelect;
/** `passing` is a failure that decided nothing. */
type Decision = Receipt | { passing: unknown };

type PushParts = {
  pool: Pool;
  verbs: Verbs;
  perform: Perform;
  authenticate: Authenticate;
  rateLimit: RateLimit;
  onWrite: (status: PushResult['status']) => void;
  onFault: (error: unknown, operation: string) => void;
};

/** `POST /api/sync/push`: decides the writes of one device in order, each in a transaction of its own, each once. */
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
      assertSameProtocol(req.body);
      const { deviceId, writes } = pushRequest.parse(req.body);
      if (deviceId !== caller.deviceId)
        throw new AppError('forbidden', 'These changes belong to another device. They were not taken.');
      res.json({ results: await decideInOrder(parts, caller, writes) });
    },
  );
  return router;
}

function assertSameProtocol(body: unknown): void {
  const protocol = (body as { protocol?: unknown } | null | undefined)?.protocol;
  if (typeof protocol !== 'number' || protocol === PROTOCOL_VERSION) return;
  const older = protocol < PROTOCOL_VERSION ? 'This app is older than the server' : 'The server is older than this app';
  throw new AppError('conflict', `${older}. Your changes are kept on this computer; they sync after the update.`, {
    reason: 'protocol',
    server: PROTOCOL_VERSION,
  });
}

async function decideInOrder(parts: PushParts, caller: Caller, writes: PushedWrite[]): Promise<PushResult[]> {
  const decided: Decision[] = [];
  for (const write of writes) {
    const decision = await decide(parts, caller, write);
    decided.push(decision);
    if ('passing' in decision) break;
  }
  // One position after the last commit is an upper bound for all of them.
  const commitLsn = decided.some((d) => 'status' in d && d.status === 'accepted')
    ? await commitLsnAfter(parts.pool)
    : '0';
  return decided.map((decision, i) => {
    const result = toResult(must(writes[i], 'write').writeId, decision, commitLsn);
    parts.onWrite(result.status);
    return result;
  });
}

function toResult(writeId: string, decision: Decision, commitLsn: string): PushResult {
  if ('passing' in decision)
    return { writeId, status: 'retry', message: 'The server could not decide this now. It is kept and sent again.' };
  if (decision.status === 'accepted') return { writeId, status: 'accepted', txid: decision.txid, commitLsn };
  return {
    writeId,
    status: 'refused',
    code: decision.code ?? 'internal',
    message: decision.message ?? '',
    ...(decision.details ? { details: decision.details } : {}),
  };
}

/**
 * Runs the verb and writes the receipt in one transaction. The receipt goes in first: its key makes a second copy of the
 * write, sent while this one is still under way, wait for this decision and then get the same answer.
 */
async function decide({ perform, verbs, onFault }: PushParts, caller: Caller, write: PushedWrite): Promise<Decision> {
  try {
    return await perform(caller, async (act) => {
      const { receipt, isNew } = await takeReceipt(act, write, { status: 'accepted' });
      if (!isNew) return receipt;
      const bound = verbs.get(write.name);
      if (bound?.operation.kind !== 'command')
        throw new AppError('invalid_input', `This server does not know "${write.name}". Nothing was changed.`);
      await bound.run(act, admit(bound.operation, caller.role, write.input));
      return receipt;
    });
  } catch (error) {
    if (isPassingError(error)) return { passing: error };
    const refusal = toAppError(error);
    if (refusal.code === 'internal') onFault(error, write.name);
    return rememberRefusal(perform, caller, write, refusal);
  }
}

/** The verb was rolled back; what remains of it is this answer, so that a resend cannot be accepted after all. */
async function rememberRefusal(
  perform: Perform,
  caller: Caller,
  write: PushedWrite,
  { code, message, details }: AppError,
): Promise<Decision> {
  const verdict = { status: 'refused', code, message, details: details ?? null } as const;
  try {
    return await perform(caller, async (act) => (await takeReceipt(act, write, verdict)).receipt);
  } catch (error) {
    if (isPassingError(error)) return { passing: error };
    throw error;
  }
}

type Verdict = Pick<Receipt, 'status'> & Partial<Pick<Receipt, 'code' | 'message' | 'details'>>;

/** Claims the write id with this verdict, or finds the receipt that holds it already. */
async function takeReceipt(
  act: Act,
  { writeId, name }: PushedWrite,
  verdict: Verdict,
): Promise<{ receipt: Receipt; isNew: boolean }> {
  const { tx, tenantId, now } = act;
  const deviceId = must(act.deviceId, 'device');
  const [inserted] = await tx
    .insert(writeReceipts)
    .values({ id: writeId, tenantId, deviceId, name, txid: CURRENT_TXID, createdAt: now, ...verdict })
    .onConflictDoNothing()
    .returning();
  if (inserted) return { receipt: inserted, isNew: true };
  const [earlier] = await tx.select().from(writeReceipts).where(eq(writeReceipts.id, writeId));
  const receipt = must(earlier, `receipt ${writeId}`);
  if (receipt.tenantId === tenantId && receipt.deviceId === deviceId) return { receipt, isNew: false };
  // Somebody else's write id: answered without a trace, and without telling what it was.
  const message = 'This change carries the number of another one. Nothing was changed; do it again.';
  return { receipt: { ...receipt, status: 'refused', code: 'conflict', message, details: null }, isNew: false };
}
