import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Role } from '../../../shared/protocol/role.ts';
import type { Pool } from '../../db/pool.ts';
import { hashLinkToken } from './link-token.ts';

/** Whom a token acts for, and how far. A service token acts for no person. */
export type TokenGrant = {
  tenantId: string;
  userId: string | null;
  role: Role;
  name: string;
  token: { id: string; kind: 'personal' | 'service'; scopes: string[] };
};

type Row = TokenGrant['token'] & {
  tenantId: string;
  userId: string;
  tokenRole: Role | null;
  userRole: Role;
  active: boolean;
  name: string;
  expired: boolean;
  needsFactor: boolean;
};

/** Looks a token up by its hash at every request: one that was revoked a moment ago works no more. */
export const createLiveTokens =
  (pool: Pool, onProblem: (error: unknown) => void) =>
  async (token: string): Promise<TokenGrant> => {
    const { rows } = await pool.query<Row>({
      name: 'api token',
      text: `select t.id, t.kind, t.scopes, t.tenant_id as "tenantId", t.user_id as "userId", t.role as "tokenRole",
               u.role as "userRole", u.active, t.name, t.expires_at <= now() as expired,
               w.second_factor_required and not u.second_factor as "needsFactor"
             from api_tokens t join users u on u.id = t.user_id join tenants w on w.id = t.tenant_id where t.token_hash = $1`,
      values: [hashLinkToken(token)],
    });
    const [row] = rows;
    if (!row || (row.kind === 'personal' && !row.active)) throw notValid('unknown');
    if (row.expired) throw notValid('expired');
    // It acts as its person, who may do nothing before that.
    if (row.kind === 'personal' && row.needsFactor) throw notValid('second_factor_needed');
    // Nobody waits for it, and once a minute is enough.
    pool
      .query(
        `update api_tokens set last_used_at = now()
         where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
        [row.id],
      )
      .catch(onProblem);
    const { id, kind, scopes, tenantId, userId, tokenRole, userRole, name } = row;
    const grant = { tenantId, name, token: { id, kind, scopes } };
    return kind === 'service' && tokenRole
      ? { ...grant, userId: null, role: tokenRole }
      : { ...grant, userId, role: userRole };
  };

const WORDS = {
  unknown: 'This access token does not exist, or was revoked. Nothing was done.',
  expired: 'This access token is over. Make a new one. Nothing was done.',
  second_factor_needed:
    'The team of this access token asks everybody for a second factor, and its person has none. Nothing was done; it works again once they have set one up.',
};
const notValid = (reason: keyof typeof WORDS): AppError => new AppError('unauthenticated', WORDS[reason], { reason });
