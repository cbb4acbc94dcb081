import { z } from 'zod';
import { ROLES } from '../protocol/role.ts';
import { businessHours } from './locale.ts';
import { retention } from './settings-operations.ts';

/** Bodies of workspace items by kind. A tag's id is `tagIdOf`, the others have ids of their own. */
export const workspaceItemBody = {
  /** `messageDays`: older messages are not replicated to desktops; null or absent (an older server) means all are. */
  tenant: z.object({
    name: z.string(),
    country: z.string(),
    messageDays: z.number().int().nullish(),
    timezone: z.string().nullish(),
    currency: z.string().nullish(),
    senderName: z.string().nullish(),
    businessHours: businessHours.nullish(),
    brandColor: z.string().nullish(),
    retention: retention.nullish(),
    /** Everybody needs a second factor. */
    secondFactorRequired: z.boolean().nullish(),
  }),
  member: z.object({
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    active: z.boolean(),
    signature: z.string().nullish(),
    timezone: z.string().nullish(),
    language: z.string().nullish(),
    secondFactor: z.boolean().nullish(),
  }),
  phone_number: z.object({ e164: z.string(), label: z.string().nullable() }),
  tag: z.object({ name: z.string() }),
  import_job: z.object({
    fileName: z.string(),
    status: z.enum(['receiving', 'running', 'paused', 'done', 'failed']),
    total: z.number(),
    processed: z.number(),
    created: z.number(),
    updated: z.number(),
    skipped: z.number(),
    startedById: z.string(),
    createdAt: z.number(),
    message: z.string().nullable(),
  }),
} as const;

export type WorkspaceItemKind = keyof typeof workspaceItemBody;
export type WorkspaceItem<K extends WorkspaceItemKind> = { id: string } & z.output<(typeof workspaceItemBody)[K]>;
