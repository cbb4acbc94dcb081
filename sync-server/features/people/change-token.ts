import { randomBytes } from 'node:crypto';
import { and, count, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type * as operations from '../../../shared/people/token-operations.ts';
import { hasRole } from '../../../shared/protocol/role.ts';
import type { Verb } from '../../db/act.ts';
import { DAY_MS } from '../../db/prune-table.ts';
import { hashLinkToken } from './link-token.ts';
import { apiTokens } from './token-table.ts';

/** Secret scanners recognise it by this, and so does the server. */
export const TOKEN_PREFIX = 'swb_';
const HINT_LENGTH = 8;
const MOST_TOKENS = 100;

export const createToken: Verb<typeof operations.createToken> = async (act, input) => {
  const { name, kind, scopes, role, expiresInDays } = input;
  const { tx, tenantId, now } = act;
  const userId = must(act.userId, 'person');
  if (kind === 'service' && !hasRole(act.role, 'ADMIN'))
    throw new AppError(
      'forbidden',
      'Service tokens are made by administrators. Make a personal one, or ask one of them.',
    );
  const [made] = await tx.select({ tokens: count() }).from(apiTokens).where(eq(apiTokens.userId, userId));
  if ((made?.tokens ?? 0) >= MOST_TOKENS)
    throw new AppError(
      'limit_reached',
      `You have ${MOST_TOKENS} tokens. Revoke those that nobody uses. Nothing was made.`,
    );
  const id = act.newId<'token'>();
  const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
  const expiresAt = now + expiresInDays * DAY_MS;
  await tx.insert(apiTokens).values({
    id,
    tenantId,
    userId,
    kind,
    name,
    hint: token.slice(0, HINT_LENGTH),
    tokenHash: hashLinkToken(token),
    scopes,
    role: kind === 'service' ? role : null,
    createdAt: now,
    expiresAt,
  });
  act.audit({
    action: 'tokens.create',
    entity: 'token',
    entityId: id,
    after: { name, kind, scopes, expiresAt, ...(kind === 'service' ? { role } : {}) },
  });
  return { id, token, expiresAt };
};

export const revokeToken: Verb<typeof operations.revokeToken> = async (act, { id }) => {
  const [token] = await act.tx
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.tenantId, act.tenantId)))
    .for('update');
  if (!token || !(token.userId === act.userId || hasRole(act.role, 'ADMIN')))
    throw new AppError('not_found', 'There is no such token any more. Nothing was changed.');
  await act.tx.delete(apiTokens).where(eq(apiTokens.id, id));
  const { name, kind, scopes } = token;
  act.audit({ action: 'tokens.revoke', entity: 'token', entityId: id, before: { name, kind, scopes } });
  return { id };
};
