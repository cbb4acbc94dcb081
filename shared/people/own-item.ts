import { z } from 'zod';
import { notificationPreferences } from '../notifications/notification-preferences.ts';

const deviceBody = z.object({
  userId: z.string(),
  deviceId: z.string(),
  name: z.string(),
  platform: z.string().nullable(),
  appVersion: z.string().nullable(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** Signed out: nothing syncs there until somebody signs in again. */
  endedAt: z.number().nullable(),
  /** Asked to delete what it holds, and when it told that it did. */
  wipeAskedAt: z.number().nullable(),
  wipedAt: z.number().nullable(),
});

const tokenBody = z.object({
  userId: z.string(),
  name: z.string(),
  kind: z.enum(['personal', 'service']),
  /** First characters, to recognise it by. */
  hint: z.string(),
  scopes: z.array(z.string()),
  role: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  lastUsedAt: z.number().nullable(),
});

/** Bodies of one’s own items by kind. */
export const ownItemBody = {
  device: deviceBody,
  token: tokenBody,
  /** `enabledAt` null while it is being set up. */
  second_factor: z.object({ enabledAt: z.number().nullable(), recoveryCodesLeft: z.number().int() }),
  notification_preferences: notificationPreferences,
  /** No banner for messages of this conversation until then; null is for good. */
  mute: z.object({ conversationId: z.string(), until: z.number().nullable() }),
  /** A view of the list of contacts; `view` is a segments/contact-view.ts. */
  contact_view: z.object({ name: z.string(), displayOrder: z.number(), view: z.unknown(), createdAt: z.number() }),
  /** What this person has seen of the product: the first-run tour, hints. */
  seen: z.object({ what: z.array(z.string()) }),
} as const;

export type OwnItemKind = keyof typeof ownItemBody;
export type OwnItem<K extends OwnItemKind> = { id: string } & z.output<(typeof ownItemBody)[K]>;

/** Bodies of administrators’ items by kind. */
export const adminItemBody = {
  invitation: z.object({
    email: z.string(),
    role: z.string(),
    invitedById: z.string(),
    createdAt: z.number(),
    expiresAt: z.number(),
  }),
  device: deviceBody,
  token: tokenBody,
  /** A file with everything, made by a job. */
  data_export: z.object({
    status: z.enum(['waiting', 'running', 'done', 'failed']),
    askedById: z.string(),
    createdAt: z.number(),
    bytes: z.number().nullable(),
    expiresAt: z.number().nullable(),
    message: z.string().nullable(),
  }),
  /** `mode` sandbox: the embedded stand-in that needs no account. */
  integration: z.object({
    name: z.string(),
    mode: z.enum(['live', 'sandbox', 'off']),
    ok: z.boolean(),
    message: z.string().nullable(),
    checkedAt: z.number(),
  }),
} as const;

export type AdminItemKind = keyof typeof adminItemBody;
export type AdminItem<K extends AdminItemKind> = { id: string } & z.output<(typeof adminItemBody)[K]>;
