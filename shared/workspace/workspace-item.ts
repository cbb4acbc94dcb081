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
  /** See statuses/lead-status.ts. */
  lead_status: z.object({
    key: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    color: z.string(),
    displayOrder: z.number(),
    isActive: z.boolean(),
    isSystem: z.boolean(),
    metadata: z.unknown(),
  }),
  /** See statuses/status-automation.ts; statuses by key. */
  status_automation: z.object({
    name: z.string(),
    triggerType: z.enum(['TIME_BASED', 'STATUS_CHANGE']),
    fromStatus: z.string().nullable(),
    timeValue: z.number().nullable(),
    timeUnit: z.enum(['MINUTES', 'HOURS', 'DAYS']).nullable(),
    triggerStatus: z.string().nullable(),
    targetStatus: z.string(),
    /** `{rule, campaignIds, journeyIds}`. */
    conditions: z.unknown(),
    isActive: z.boolean(),
  }),
  pipeline: z.object({ name: z.string(), displayOrder: z.number() }),
  stage: z.object({
    pipelineId: z.string(),
    name: z.string(),
    displayOrder: z.number(),
    probability: z.number(),
    color: z.string().nullable(),
  }),
  group: z.object({ name: z.string(), description: z.string().nullable() }),
  segment: z.object({
    name: z.string(),
    description: z.string().nullable(),
    kind: z.enum(['dynamic', 'static']),
    rule: z.unknown(),
    createdById: z.string().nullable(),
    createdAt: z.number(),
    updatedAt: z.number(),
  }),
  attribute: z.object({
    key: z.string(),
    label: z.string(),
    type: z.enum(['text', 'number', 'date', 'choice', 'boolean', 'object']),
    choices: z.array(z.string()).nullable(),
    displayOrder: z.number(),
  }),
  facebook_page: z.object({
    metaPageId: z.string(),
    name: z.string(),
    autoPipelineId: z.string().nullable(),
    autoPipelineMode: z.enum(['SKIP_EXISTING', 'UPDATE_EXISTING']),
  }),
  import_job: z.object({
    /** Absent from an older server: contacts. */
    kind: z.enum(['contacts', 'do_not_call']).nullish(),
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
