import { eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type * as operations from '../../../shared/people/member-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { users } from '../auth/user-table.ts';
import { endAccess, type EndSessions } from './change-member.ts';
import { getMember, lockMembers } from './member-store.ts';

export type CheckPassword = (act: Act, password: string) => Promise<void>;

export const transferOwnership =
  (checkPassword: CheckPassword): Verb<typeof operations.transferOwnership> =>
  async (act, { userId, password }) => {
    await lockMembers(act);
    const next = await getMember(act, userId);
    const formerId = must(act.userId, 'person');
    const former = await getMember(act, formerId);
    if (former.role !== 'OWNER')
      throw new AppError('forbidden', 'Only the owner hands over the workspace. Nothing was changed.');
    if (next.id === formerId || !next.active)
      throw new AppError('not_allowed_now', 'Choose another member who is active. Nothing was changed.');
    await checkPassword(act, password);
    await act.tx.update(users).set({ role: 'ADMIN', updatedAt: act.now }).where(eq(users.id, formerId));
    await act.tx.update(users).set({ role: 'OWNER', updatedAt: act.now }).where(eq(users.id, userId));
    act.audit({
      action: 'workspace.transferOwnership',
      entity: 'user',
      entityId: userId,
      before: { ownerId: formerId },
      after: { ownerId: userId },
    });
    return { id: userId };
  };

export const leaveWorkspace =
  (checkPassword: CheckPassword, endSessions: EndSessions): Verb<typeof operations.leaveWorkspace> =>
  async (act, { password }) => {
    await lockMembers(act);
    const userId = must(act.userId, 'person');
    const { role } = await getMember(act, userId);
    if (role === 'OWNER')
      throw new AppError('conflict', 'You are the owner. Hand the workspace over first; nothing was changed.', {
        reason: 'last_owner',
      });
    await checkPassword(act, password);
    await endAccess(act, endSessions, userId);
    act.audit({ action: 'workspace.leave', entity: 'user', entityId: userId });
    return { id: userId };
  };
