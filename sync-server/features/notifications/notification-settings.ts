import { and, eq, sql } from 'drizzle-orm';
import type * as operations from '../../../shared/notifications/notification-operations.ts';
import {
  muteIdOf,
  notificationPreferences,
  preferencesIdOf,
} from '../../../shared/notifications/notification-preferences.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Act, Verb } from '../../db/act.ts';
import { findConversation } from '../inbox/conversation-read-model.ts';
import { ownItems } from '../workspace/own-item-table.ts';

export const getPreferences: Verb<typeof operations.getNotificationPreferences> = async ({ tx, userId }) => {
  const [row] = await tx
    .select()
    .from(ownItems)
    .where(eq(ownItems.id, preferencesIdOf(must(userId, 'person'))));
  return notificationPreferences.parse(row?.body ?? {});
};

export const setPreferences: Verb<typeof operations.setNotificationPreferences> = async (act, body) => {
  const userId = must(act.userId, 'person');
  await keepItem(act, preferencesIdOf(userId), 'notification_preferences', body);
  act.audit({ action: 'notifications.setPreferences', entity: 'user', entityId: userId, after: body });
  return {};
};

/** Of a conversation whose contact was merged since, the one that it went into. */
export const mute: Verb<typeof operations.muteConversation> = async (act, { conversationId: about, until }) => {
  const userId = must(act.userId, 'person');
  const conversationId = (await findConversation(act.tx, act.tenantId, about))?.id ?? about;
  const known = await act.tx.execute(
    sql`select from conversations where tenant_id = ${act.tenantId} and id = ${conversationId} for key share`,
  );
  if (!known.rowCount)
    throw new AppError('not_found', 'This conversation does not exist any more. Nothing was changed.');
  const body = { conversationId, until };
  await keepItem(act, muteIdOf(userId, conversationId), 'mute', body);
  act.audit({ action: 'notifications.mute', entity: 'conversation', entityId: conversationId, after: body });
  return {};
};

/** Unmuting what is not muted changes nothing. */
export const unmute: Verb<typeof operations.unmuteConversation> = async (act, { conversationId: about }) => {
  const userId = must(act.userId, 'person');
  const conversationId = (await findConversation(act.tx, act.tenantId, about))?.id ?? about;
  const gone = await act.tx
    .delete(ownItems)
    .where(and(eq(ownItems.id, muteIdOf(userId, conversationId)), eq(ownItems.userId, userId)))
    .returning({ id: ownItems.id });
  if (gone.length) act.audit({ action: 'notifications.unmute', entity: 'conversation', entityId: conversationId });
  return {};
};

const keepItem = ({ tx, tenantId, userId }: Act, id: string, kind: string, body: object) =>
  tx
    .insert(ownItems)
    .values({ id, tenantId, userId: must(userId, 'person'), kind, body })
    .onConflictDoUpdate({ target: ownItems.id, set: { body } });
