import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Role } from '../../../../shared/protocol/role.ts';
import type { Pool } from '../../../db/pool.ts';
import type { AccessClaims } from './access-token.ts';

type Session = {
  role: Role;
  name: string;
  active: boolean;
  tenantId: string;
  needsFactor: boolean;
  signedIn: boolean;
  wipe: boolean;
};

/** What the database says now of the person and session behind a token. Throws `unauthenticated` when either is over. */
export type LiveSessions = {
  get: (claims: AccessClaims) => Promise<{ role: Role; name: string }>;
  /** Asks anew at the next request: the session was just ended or begun here. */
  forget: (userId: string, deviceId: string) => void;
  /** The same for every device of one person, or of everybody. */
  forgetAll: (userId?: string) => void;
};

const keyOf = (userId: string, deviceId: string) => `${userId} ${deviceId}`;

/** For this long an answer is good: a token's word counts for nothing, a burst of requests costs one query. */
const TRUSTED_MS = 1_000;
const MOST_KEPT = 5_000;

export function createLiveSessions(pool: Pool, now: () => number): LiveSessions {
  const kept = new Map<string, { at: number; session: Promise<Session | null> }>();

  async function read(userId: string, deviceId: string): Promise<Session | null> {
    const { rows } = await pool.query<Session>({
      name: 'live session',
      text: `select u.role, u.name, u.active, u.tenant_id as "tenantId",
               w.second_factor_required and not u.second_factor as "needsFactor", exists (
               select from refresh_tokens t where t.user_id = u.id and t.device_id = $2 and t.ended_at is null
             ) as "signedIn", exists (
               select from devices d where d.user_id = u.id and d.id = $2 and d.wipe_asked_at is not null and d.wiped_at is null
             ) as wipe
             from users u join tenants w on w.id = u.tenant_id where u.id = $1`,
      values: [userId, deviceId],
    });
    return rows[0] ?? null;
  }

  return {
    async get({ userId, deviceId, tenantId }) {
      const key = keyOf(userId, deviceId);
      let entry = kept.get(key);
      if (!entry || now() - entry.at >= TRUSTED_MS) {
        if (kept.size >= MOST_KEPT) kept.clear();
        entry = { at: now(), session: read(userId, deviceId) };
        kept.set(key, entry);
        entry.session.catch(() => kept.delete(key));
      }
      const session = await entry.session;
      if (session?.wipe && session.tenantId === tenantId) throw sessionOver('wiped');
      if (!session?.active || session.tenantId !== tenantId) throw sessionOver('removed');
      if (!session.signedIn) throw sessionOver('ended');
      if (session.needsFactor) throw sessionOver('second_factor_needed');
      return session;
    },
    forget: (userId, deviceId) => void kept.delete(keyOf(userId, deviceId)),
    forgetAll(userId) {
      if (userId === undefined) kept.clear();
      else for (const key of kept.keys()) if (key.startsWith(`${userId} `)) kept.delete(key);
    },
  };
}

/** Why there is no session any more, for the person and for the desktop (`details.reason`). */
export type SessionEnd = 'invalid' | 'reused' | 'expired' | 'ended' | 'removed' | 'wiped' | 'second_factor_needed';

const WORDS: Partial<Record<SessionEnd, string>> = {
  reused:
    'This session was used from two places, so it was ended on this computer. Your changes are kept; sign in again to sync them.',
  wiped: 'Somebody asked for this computer to be wiped. What Switchboard kept here is deleted; sign in to start again.',
  second_factor_needed:
    'Your team now asks everybody for a second factor. Your changes are kept on this computer; sign in again to set yours up and sync them.',
  removed:
    'You are not a member of this team any more, so nothing is synced. Your changes are kept on this computer; ask an owner of the team.',
};

export const sessionOver = (reason: SessionEnd): AppError =>
  new AppError(
    'unauthenticated',
    WORDS[reason] ?? 'Your session has ended. Your changes are kept on this computer; sign in again to sync them.',
    { reason },
  );
