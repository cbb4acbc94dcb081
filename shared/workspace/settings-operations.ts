import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { businessHours, country, currency, timeZone } from './locale.ts';

const done = z.object({ id: z.uuid() });
const days = (least: number) => z.number().int().min(least).max(3_650).nullable();

/** How long the server keeps what is not needed for the work itself; null is for ever. Consent proofs are not among it. */
export const retention = z.object({
  /** Of messages; at least 30. */
  messageDays: days(30),
  /** Of the audit log; at least 365. */
  auditDays: days(365),
  /** Of read and archived notifications; at least 1. */
  notificationDays: days(1),
  /** Of visits of contacts, with their addresses; at least 1. Not said is for ever. */
  visitDays: days(1).optional(),
});

export type Retention = z.output<typeof retention>;

/** Fields that are not sent stay as they are. Only the server knows the whole of the item, so nothing shows before it has answered. */
export const updateWorkspace = operation({
  name: 'workspace.update',
  kind: 'command',
  summary: 'Change the settings of the workspace.',
  role: 'ADMIN',
  routes: [
    { method: 'PATCH', path: '/workspace' },
    { method: 'PUT', path: '/workspace' },
  ],
  input: z.object({
    name: z.string().trim().min(1, 'Name your company or team').max(100).optional(),
    country: country.optional(),
    timezone: timeZone.optional(),
    currency: currency.optional(),
    /** The name messages go out under, where a channel shows one. */
    senderName: z.string().trim().max(100).nullable().optional(),
    businessHours: businessHours.optional(),
    /** An accent for public pages, `#rrggbb`. */
    brandColor: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'A colour is # and six hexadecimal digits')
      .nullable()
      .optional(),
    retention: retention.optional(),
  }),
  output: done,
});

const workspaceSettings = z.object({
  name: z.string(),
  country,
  timezone: timeZone,
  currency,
  senderName: z.string().nullable(),
  businessHours,
  brandColor: z.string().nullable(),
});

/** A file of settings: `importSettings` takes it back, in the workspace it came from or, with `fromAnother`, in another. */
export const exportSettings = operation({
  name: 'workspace.exportSettings',
  kind: 'query',
  summary: 'The settings of the workspace as a file.',
  role: 'ADMIN',
  routes: [{ method: 'GET', path: '/workspace/settings-file' }],
  input: z.object({}),
  output: z.object({
    format: z.literal('switchboard-settings'),
    version: z.literal(1),
    tenantId: z.uuid(),
    settings: workspaceSettings.partial(),
  }),
});

export const importSettings = operation({
  name: 'workspace.importSettings',
  kind: 'command',
  online: true,
  summary: 'Take settings over from a file. One from another workspace is refused unless that is meant.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/workspace/settings-file' }],
  input: z.object({
    format: z.literal('switchboard-settings'),
    version: z.number().int(),
    tenantId: z.uuid(),
    settings: workspaceSettings.partial(),
    fromAnother: z.boolean().default(false),
  }),
  output: z.object({ changed: z.array(z.string()) }),
});

export const addPhoneNumber = operation({
  name: 'phoneNumbers.add',
  kind: 'command',
  online: true,
  summary: 'Add a number of your carrier account. `conflict` when another workspace has it.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/phone-numbers' }],
  input: z.object({
    e164: z.string().regex(/^\+[1-9]\d{6,14}$/, 'A number in international form, like +14155550142'),
    label: z.string().trim().max(60).nullable().default(null),
  }),
  output: done,
});

export const labelPhoneNumber = operation({
  name: 'phoneNumbers.label',
  kind: 'command',
  summary: 'Name a phone number.',
  role: 'ADMIN',
  routes: [{ method: 'PATCH', path: '/phone-numbers/:id' }],
  input: z.object({ id: z.uuid(), label: z.string().trim().max(60).nullable() }),
  output: done,
});

/** Conversations over it stay; texts to it are not taken any more. */
export const removePhoneNumber = operation({
  name: 'phoneNumbers.remove',
  kind: 'command',
  summary: 'Remove a phone number from the workspace.',
  role: 'ADMIN',
  routes: [{ method: 'DELETE', path: '/phone-numbers/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

/** Looks at an integration now, and keeps what it found for everybody. */
export const checkIntegration = operation({
  name: 'integrations.check',
  kind: 'command',
  online: true,
  summary: 'Check whether an integration works.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/integrations/:key/check' }],
  input: z.object({ key: z.enum(['carrier', 'mail']) }),
  output: z.object({ ok: z.boolean(), mode: z.enum(['live', 'sandbox', 'off']), message: z.string().nullable() }),
});

/** `to` is an address of the integration’s kind: a phone number, a mail address. */
export const testIntegration = operation({
  name: 'integrations.test',
  kind: 'command',
  online: true,
  summary: 'Send a test over an integration, to yourself.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/integrations/:key/test' }],
  input: z.object({ key: z.enum(['carrier', 'mail']), to: z.string().trim().min(3).max(254) }),
  output: z.object({ accepted: z.boolean(), message: z.string().nullable() }),
});
