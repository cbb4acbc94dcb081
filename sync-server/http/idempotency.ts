import type { Request } from 'express';
import { and, eq, lt, sql } from 'drizzle-orm';
import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Act } from '../db/act.ts';
import { instant } from '../db/instant-column.ts';
import { DAY_MS, type Pruning } from '../db/prune-table.ts';
import type { Seal } from '../db/sealed.ts';

const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    tenantId: uuid('tenant_id').notNull(),
    actor: uuid('actor').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    /** Sealed: an answer may hold a secret. */
    reply: jsonb('reply').$type<{ sealed: string }>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.actor, t.key] })],
);

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
const CONTEXT = 'answer kept by its idempotency key';
/** Any constant that no other lock uses. */
const LOCKS = 7_306_119;

/** The caller's key, up to 200 visible characters; null when none was sent. */
export function idempotencyKeyOf(req: Request): string | null {
  const given = req.get(IDEMPOTENCY_HEADER);
  if (given === undefined) return null;
  if (/^[\x21-\x7e]{1,200}$/.test(given)) return given;
  throw new AppError(
    'invalid_input',
    `${IDEMPOTENCY_HEADER} is 1 to 200 visible characters without blanks. Nothing was changed.`,
    { fields: { [IDEMPOTENCY_HEADER]: 'Not understood' } },
  );
}

type Keyed = { actor: string; key: string; request: unknown };

/** The answer this very request got already. Throws `conflict` where another one had its key. */
export async function findAnswer(
  { tx, tenantId, now }: Act,
  seal: Seal,
  { actor, key, request }: Keyed,
): Promise<{ answer: unknown } | null> {
  const [kept] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.tenantId, tenantId), eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key)));
  if (!kept || kept.createdAt <= now - DAY_MS) return null;
  if (kept.requestHash === hashOf(seal, request))
    return { answer: JSON.parse(seal.open(kept.reply.sealed, CONTEXT)) as unknown };
  throw new AppError(
    'conflict',
    `This ${IDEMPOTENCY_HEADER} was used for another request. Nothing was changed; send this one with a key of its own.`,
    { reason: 'idempotency' },
  );
}

const hashOf = (seal: Seal, request: unknown): string => seal.hash(JSON.stringify(request));

/**
 * Runs a write once for one key: sent again within a day it gets the same answer, and nothing is done twice. The answer is stored in
 * the write's own transaction; a write that was refused may be sent again. The same key with another request is a `conflict`.
 */
export async function once(act: Act, seal: Seal, keyed: Keyed, run: () => Promise<unknown>): Promise<unknown> {
  const { tx, tenantId } = act;
  const { actor, key } = keyed;
  // A copy that comes while the first is under way waits here, and finds its answer.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${actor} ${key}`}, ${LOCKS}))`);
  const earlier = await findAnswer(act, seal, keyed);
  if (earlier) return earlier.answer;
  const answer = await run();
  const row = {
    requestHash: hashOf(seal, keyed.request),
    reply: { sealed: seal.seal(JSON.stringify(answer), CONTEXT) },
    createdAt: act.now,
  };
  await tx
    .insert(idempotencyKeys)
    .values({ tenantId, actor, key, ...row })
    .onConflictDoUpdate({ target: [idempotencyKeys.tenantId, idempotencyKeys.actor, idempotencyKeys.key], set: row });
  return answer;
}

export const oldIdempotencyKeys: Pruning = {
  table: idempotencyKeys,
  isOver: (now) => lt(idempotencyKeys.createdAt, now - DAY_MS),
};
