import { z } from 'zod';

/** What people are told of. Kinds of features that do not exist yet are added with them. */
export const NOTIFICATION_KINDS = [
  /** A contact wrote. One per conversation while it is unread; `count` tells how many texts. */
  'SMS_REPLY',
  'TASK_DUE',
  'TASK_ASSIGNED',
  'CONTACT_ASSIGNED',
  'IMPORT_FINISHED',
  'EXPORT_READY',
  /** A sign-in on a new device, a changed password, a used recovery code. Cannot be switched off. */
  'SECURITY',
] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_STATUSES = ['UNREAD', 'READ', 'ARCHIVED'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** `params` has what the sentence of the kind needs besides names, which the replica has: a preview, a title, a device. */
export const notification = z.object({
  id: z.uuid(),
  kind: z.enum(NOTIFICATION_KINDS),
  status: z.enum(NOTIFICATION_STATUSES),
  contactId: z.uuid().nullable(),
  conversationId: z.uuid().nullable(),
  taskId: z.uuid().nullable(),
  params: z.record(z.string(), z.unknown()).nullable(),
  count: z.number().int(),
  createdAt: z.number(),
  readAt: z.number().nullable(),
});

export type Notification = z.output<typeof notification>;
