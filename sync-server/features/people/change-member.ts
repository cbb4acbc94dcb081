import { eq } from 'drizzle-orm';
import type * as operations from '../../../shared/people/member-operations.ts';
import { hasRole } from '../../../shared/protocol/role.ts';
import type { Act, Verb } from '../../db/act.ts';
import { users } from '../auth/user-table.ts';
import { revokeInvitationsBy } from './invite-member.ts';
import { assertMayChange, getMember, lockMembers, type Member } from './member-store.ts';
import { tellOutlived } from './tell-outlived.ts';
import { apiTokens } from './token-table.ts';

export type EndSessions = (act: Act, userId: string) => Promise<void>;

/** What they may see and do is decided anew at once: every server process hears of it (migration 0005). */
export const setMemberRole: Verb<typeof operations.setMemberRole> = async (act, { userId, role }) => {
  const member = await lockMember(act, userId);
  if (member.role === role) return { id: userId };
  await act.tx.update(users).set({ role, updatedAt: act.now }).where(eq(users.id, userId));
  act.audit({
    action: 'members.setRole',
    entity: 'user',
    entityId: userId,
    before: { role: member.role },
    after: { role },
  });
  if (hasRole(member.role, 'ADMIN') && !hasRole(role, 'ADMIN')) await tellOutlived(act, userId, 'role');
  return { id: userId };
};

export const deactivateMember =
  (endSessions: EndSessions): Verb<typeof operations.deactivateMember> =>
  async (act, { userId }) => {
    const member = await lockMember(act, userId);
    if (!member.active) return { id: userId };
    await endAccess(act, endSessions, userId);
    act.audit({ action: 'members.deactivate', entity: 'user', entityId: userId, before: { active: true } });
    return { id: userId };
  };

export const reactivateMember: Verb<typeof operations.reactivateMember> = async (act, { userId }) => {
  const member = await lockMember(act, userId);
  if (member.active) return { id: userId };
  await act.tx.update(users).set({ active: true, updatedAt: act.now }).where(eq(users.id, userId));
  act.audit({ action: 'members.reactivate', entity: 'user', entityId: userId, after: { active: true } });
  return { id: userId };
};

/**
 * Sessions and personal tokens end with the membership, and so do the invitations that nobody else stands for: they might be one's own
 * way back. What the workspace runs on (service tokens) goes on, and administrators are told that it does.
 */
export async function endAccess(act: Act, endSessions: EndSessions, userId: string): Promise<void> {
  await act.tx.update(users).set({ active: false, updatedAt: act.now }).where(eq(users.id, userId));
  await endSessions(act, userId);
  const tokens = await act.tx.select().from(apiTokens).where(eq(apiTokens.userId, userId));
  for (const { id, kind } of tokens)
    if (kind === 'personal') await act.tx.delete(apiTokens).where(eq(apiTokens.id, id));
  await revokeInvitationsBy(act, userId);
  await tellOutlived(act, userId, 'deactivated');
}

async function lockMember(act: Act, userId: string): Promise<Member> {
  await lockMembers(act);
  const member = await getMember(act, userId);
  assertMayChange(act, member);
  return member;
}
