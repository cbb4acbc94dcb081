import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { instantInput } from '../protocol/instant-input.ts';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { muteIdOf, notificationPreferences, preferencesIdOf } from './notification-preferences.ts';
import { notification, NOTIFICATION_KINDS, NOTIFICATION_STATUSES, type NotificationStatus } from './notification.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });

const setStatus = (ids: readonly string[], status: NotificationStatus, now: number) =>
  [
    {
      kind: 'set',
      table: 'notifications',
      ids,
      values: { status, readAt: status === 'UNREAD' ? null : now },
    },
  ] as const;

export const listNotifications = operation({
  name: 'notifications.list',
  kind: 'query',
  summary: 'List one’s own notifications, newest first.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/notifications' }],
  input: listQuery(['createdAt']).extend({
    sortOrder: z.enum(['asc', 'desc']).default('desc'),
    status: z.enum(NOTIFICATION_STATUSES).optional(),
    kind: z.enum(NOTIFICATION_KINDS).optional(),
  }),
  output: listOf(notification),
});

export const getNotificationPreferences = operation({
  name: 'notifications.getPreferences',
  kind: 'query',
  summary: 'What one wants to be told of, and when not.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/notifications/preferences' }],
  input: z.object({}),
  output: notificationPreferences,
});

export const setNotificationPreferences = operation({
  name: 'notifications.setPreferences',
  kind: 'command',
  summary: 'Choose what one wants to be told of, and when not.',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/notifications/preferences' }],
  input: notificationPreferences,
  output: z.object({}),
  patches: (body, { userId }): Patch[] => [
    {
      kind: 'insert',
      table: 'own_items',
      id: preferencesIdOf(userId),
      values: { kind: 'notification_preferences', body },
    },
    { kind: 'set', table: 'own_items', ids: [preferencesIdOf(userId)], values: { body } },
  ],
});

export const getNotification = operation({
  name: 'notifications.get',
  kind: 'query',
  summary: 'Get one of one’s own notifications.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/notifications/:id' }],
  input: one,
  output: notification,
});

/** Any number at once: mark all as read, clear all, and the undo of either. Ids that are gone are passed over. */
export const setNotificationStatus = operation({
  name: 'notifications.setStatus',
  kind: 'command',
  summary: 'Mark notifications as unread or read, or archive them.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/notifications/status' }],
  input: z.object({ ids: z.array(z.uuid()).min(1).max(5_000), status: z.enum(NOTIFICATION_STATUSES) }),
  output: z.object({ changed: z.number().int() }),
  bulk: { field: 'ids' },
  patches: ({ ids, status }, { now }) => setStatus(ids, status, now),
});

export const readNotification = operation({
  name: 'notifications.read',
  kind: 'command',
  summary: 'Mark a notification as read.',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/notifications/:id/read' }],
  input: one,
  output: done,
  patches: ({ id }, { now }) => setStatus([id], 'READ', now),
});

export const archiveNotification = operation({
  name: 'notifications.archive',
  kind: 'command',
  summary: 'Archive a notification.',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/notifications/:id/archive' }],
  input: one,
  output: done,
  patches: ({ id }, { now }) => setStatus([id], 'ARCHIVED', now),
});

export const deleteNotification = operation({
  name: 'notifications.delete',
  kind: 'command',
  summary: 'Delete a notification.',
  role: 'VIEWER',
  routes: [{ method: 'DELETE', path: '/notifications/:id' }],
  input: one,
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'notifications', ids: [id] }],
});

export const muteConversation = operation({
  name: 'notifications.mute',
  kind: 'command',
  summary: 'No banners for the messages of a conversation, until a time or for good (null).',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/conversations/:conversationId/mute' }],
  input: z.object({ conversationId: z.uuid(), until: instantInput.nullable() }),
  output: z.object({}),
  patches: (body, { userId }): Patch[] => {
    const id = muteIdOf(userId, body.conversationId);
    return [
      { kind: 'insert', table: 'own_items', id, values: { kind: 'mute', body } },
      { kind: 'set', table: 'own_items', ids: [id], values: { body } },
    ];
  },
});

export const unmuteConversation = operation({
  name: 'notifications.unmute',
  kind: 'command',
  summary: 'Banners for the messages of a conversation again.',
  role: 'VIEWER',
  routes: [{ method: 'DELETE', path: '/conversations/:conversationId/mute' }],
  input: z.object({ conversationId: z.uuid() }),
  output: z.object({}),
  patches: ({ conversationId }, { userId }) => [
    { kind: 'delete', table: 'own_items', ids: [muteIdOf(userId, conversationId)] },
  ],
});
