import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { AppError } from '../../shared/kernel/app-error.ts';
import { must } from '../../shared/kernel/must.ts';
import type { Act, Perform } from '../db/act.ts';
import { instant } from '../db/instant-column.ts';
import type { Pruning } from '../db/prune-table.ts';
import type { Seal } from '../db/sealed.ts';
import type { ApiCaller } from '../http/authenticate.ts';

const confirmations = pgTable('agent_confirmations', {
  tokenHash: text('token_hash').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  apiTokenId: uuid('api_token_id').notNull(),
  requestHash: text('request_hash').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

const GOOD_MS = 5 * 60_000;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** For this token and this very request, once, within five minutes. */
export const askConfirmation = (perform: Perform, seal: Seal, caller: ApiCaller, request: unknown) =>
  perform(caller, async ({ tx, tenantId, now }) => {
    const confirmation = randomBytes(24).toString('base64url');
    await tx.insert(confirmations).values({
      tokenHash: hashOf(confirmation),
      tenantId,
      apiTokenId: must(caller.token, 'token').id,
      requestHash: seal.hash(JSON.stringify(request)),
      expiresAt: now + GOOD_MS,
    });
    return { confirmation, expiresAt: now + GOOD_MS };
  });

/** Uses it up in the act's own transaction. */
export async function takeConfirmation(
  { tx, now }: Act,
  seal: Seal,
  caller: ApiCaller,
  confirmation: string,
  request: unknown,
): Promise<void> {
  const taken = await tx
    .delete(confirmations)
    .where(
      and(
        eq(confirmations.tokenHash, hashOf(confirmation)),
        eq(confirmations.apiTokenId, must(caller.token, 'token').id),
        eq(confirmations.requestHash, seal.hash(JSON.stringify(request))),
        gt(confirmations.expiresAt, now),
      ),
    )
    .returning({ tokenHash: confirmations.tokenHash });
  if (!taken.length)
    throw new AppError(
      'not_allowed_now',
      'This confirmation is not for this input, was used, or is older than five minutes. Nothing was done. Call without it to get a new one.',
      { reason: 'confirmation' },
    );
}

export const oldConfirmations: Pruning = {
  table: confirmations,
  isOver: (now) => lt(confirmations.expiresAt, now),
};
