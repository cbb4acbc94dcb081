import { eq } from 'drizzle-orm';
import { must } from '../../../shared/kernel/must.ts';
import {
  seenIdOf,
  type markSeen as seenOperation,
  type updateProfile as operation,
} from '../../../shared/people/member-operations.ts';
import type { Verb } from '../../db/act.ts';
import { users } from '../auth/user-table.ts';
import { ownItems } from '../workspace/own-item-table.ts';
import { getMember } from './member-store.ts';

export const updateProfile: Verb<typeof operation> = async (act, sent) => {
  const userId = must(act.userId, 'person');
  const member = await getMember(act, userId);
  const keys = (Object.keys(sent) as (keyof typeof sent)[]).filter((key) => sent[key] !== undefined);
  if (!keys.length) return { id: userId };
  const { name, ...rest } = sent;
  await act.tx
    .update(users)
    .set({ ...rest, ...(name === undefined ? {} : { name }), updatedAt: act.now })
    .where(eq(users.id, userId));
  act.audit({
    action: 'profile.update',
    entity: 'user',
    entityId: userId,
    before: Object.fromEntries(keys.map((key) => [key, member[key]])),
    after: sent,
  });
  return { id: userId };
};

/** Whatever was sent is what was seen: the newest list stands. */
export const markSeen: Verb<typeof seenOperation> = async (act, body) => {
  const userId = must(act.userId, 'person');
  const id = seenIdOf(userId);
  await act.tx
    .insert(ownItems)
    .values({ id, tenantId: act.tenantId, userId, kind: 'seen', body })
    .onConflictDoUpdate({ target: ownItems.id, set: { body } });
  act.audit({ action: 'profile.markSeen', entity: 'user', entityId: userId, after: body });
  return {};
};
