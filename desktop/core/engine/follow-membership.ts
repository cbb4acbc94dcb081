import type { Role } from '../../../shared/protocol/role.ts';
import type { Replica } from '../replica/open-replica.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';

export type MembershipParts = {
  replica: Replica;
  userId: string;
  keeper: SessionKeeper;
  /** Of the session. */
  role: () => Role;
  /** The session has another role now: what the streams may carry is another. */
  onRole: () => void;
  onProblem: (error: unknown) => void;
};

/** A server may go by a person's earlier role for a second. */
const ROLE_MEMORY_MS = 2_000;

/**
 * Follows the person's own row among the members: where it says another role than the session, or that they are no longer
 * active, the session is renewed at once instead of within a quarter of an hour.
 */
export class FollowMembership {
  private readonly parts: MembershipParts;
  /** The membership that was last acted upon. */
  private seen: string | null = null;
  private secondAsk: NodeJS.Timeout | undefined;
  /** The role that the streams last asked with. */
  private asked: Role;

  constructor(parts: MembershipParts) {
    this.parts = parts;
    this.asked = parts.role();
  }

  /** The session was renewed: by us, or by a request that needed a token and may have brought another role before any row told of it. */
  sessionChanged(): void {
    const { role, onRole } = this.parts;
    if (role() === this.asked) return;
    this.asked = role();
    onRole();
    // A stream that asked while the server still remembered the old role asks again.
    clearTimeout(this.secondAsk);
    this.secondAsk = setTimeout(onRole, ROLE_MEMORY_MS);
  }

  /** The members have changed. */
  look(): void {
    const { replica, userId, keeper, role, onProblem } = this.parts;
    const row = replica
      .sql(
        `SELECT body ->> 'role' AS role, body ->> 'active' AS active FROM workspace_items WHERE kind = 'member' AND id = ?`,
      )
      .get(userId) as { role: string; active: number } | undefined;
    const seen = row ? `${row.role} ${row.active}` : null;
    if (!row || seen === this.seen) return;
    this.seen = seen;
    if (row.role === role() && row.active === 1) return;
    // Out of reach: the next token brings the role along.
    keeper.refresh().catch(onProblem);
  }

  stop(): void {
    clearTimeout(this.secondAsk);
  }
}
