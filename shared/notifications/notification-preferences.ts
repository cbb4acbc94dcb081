import { z } from 'zod';
import { idFromParts } from '../kernel/ids.ts';
import { NOTIFICATION_KINDS } from './notification.ts';

const minute = z.number().int().min(0).max(1_439);

/** What a person wants to be told of, and when not. Kinds that are absent are on. Times are minutes since midnight in their zone. */
export const notificationPreferences = z.object({
  kinds: z
    .partialRecord(z.enum(NOTIFICATION_KINDS), z.object({ inApp: z.boolean(), desktop: z.boolean() }))
    .default({}),
  /** No banner and no sound between these times; the centre still fills. `from` after `to` goes over midnight. */
  quiet: z
    .object({ from: minute, to: minute, days: z.array(z.number().int().min(0).max(6)).max(7) })
    .nullable()
    .default(null),
  sound: z.boolean().default(true),
});

export type NotificationPreferences = z.output<typeof notificationPreferences>;

export const preferencesIdOf = (userId: string): string => idFromParts(userId, 'notification preferences');
export const muteIdOf = (userId: string, conversationId: string): string => idFromParts(userId, 'mute', conversationId);
