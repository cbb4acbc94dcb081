import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import type { PatchValue } from '../protocol/patch.ts';
import { automationFields, TIME_UNITS, TRIGGER_TYPES } from './status-automation.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });
const { name, triggerType } = automationFields.shape;

/** What to do with contacts that are due already when an automation begins: move them now, or leave them alone. Others come when they are due. */
const existing = z.enum(['include', 'from_now']);

const automation = z.object({
  id: z.uuid(),
  name: z.string(),
  triggerType: z.enum(TRIGGER_TYPES),
  fromStatus: z.string().nullable(),
  fromStatusId: z.uuid().nullable(),
  timeValue: z.number().int().nullable(),
  timeUnit: z.enum(TIME_UNITS).nullable(),
  triggerStatus: z.string().nullable(),
  triggerStatusId: z.uuid().nullable(),
  targetStatus: z.string(),
  targetStatusId: z.uuid().nullable(),
  conditions: z
    .object({ rule: z.unknown(), campaignIds: z.array(z.string()), journeyIds: z.array(z.string()) })
    .nullable(),
  isActive: z.boolean(),
  /** Contacts that wait for their time. */
  waiting: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
});

export const listAutomations = operation({
  name: 'statusAutomations.list',
  kind: 'query',
  agent: true,
  summary: 'List what moves contacts from one lead status to another by itself.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/lead-statuses/automations' }],
  input: listQuery(['name', 'createdAt']),
  output: listOf(automation),
});

export const getAutomation = operation({
  name: 'statusAutomations.get',
  kind: 'query',
  summary: 'Get one status automation.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/lead-statuses/automations/:id' }],
  input: one,
  output: automation,
});

/** What is said of an automation that is not whole yet. */
const EMPTY = {
  fromStatus: null,
  timeValue: null,
  timeUnit: null,
  triggerStatus: null,
  conditions: null,
  isActive: false,
};

const toBody = (fields: object): { [key: string]: PatchValue } => {
  const left = new Set(['id', 'existing', 'fromStatusId', 'triggerStatusId', 'targetStatusId']);
  const body: { [key: string]: PatchValue } = Object.fromEntries(
    Object.entries(fields).filter(([key]) => !left.has(key)),
  );
  return body;
};

/**
 * `invalid_input` (details.fields) for one that is not whole, whose statuses do not exist, or that closes a circle. `conflict`
 * (details.reason `due_already`, details.contacts) when some contacts are due already and `existing` does not say what about them.
 */
export const createAutomation = operation({
  name: 'statusAutomations.create',
  kind: 'command',
  summary: 'Make an automation of lead statuses.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/lead-statuses/automations' }],
  input: automationFields
    .partial()
    .extend({ id: z.uuid().optional(), name, triggerType, existing: existing.optional() }),
  output: done,
  patches: ({ id, ...fields }) =>
    id
      ? [
          {
            kind: 'insert',
            table: 'workspace_items',
            id,
            values: { kind: 'status_automation', body: { ...EMPTY, targetStatus: '', ...toBody(fields) } },
          },
        ]
      : [],
});

/**
 * Fields that are not sent stay as they are. Desktops send all of it, so that it shows at once. One that is changed in its
 * trigger, time or statuses counts as begun anew: `conflict` as for one that is made.
 */
export const updateAutomation = operation({
  name: 'statusAutomations.update',
  kind: 'command',
  summary: 'Change an automation of lead statuses, or turn it on or off.',
  role: 'MANAGER',
  routes: [
    { method: 'PUT', path: '/lead-statuses/automations/:id' },
    { method: 'PATCH', path: '/lead-statuses/automations/:id' },
  ],
  input: automationFields.partial().extend({ id: z.uuid(), existing: existing.optional() }),
  output: done,
  patches: ({ id, ...fields }) =>
    fields.name !== undefined && fields.triggerType !== undefined && fields.targetStatus !== undefined
      ? [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body: { ...EMPTY, ...toBody(fields) } } }]
      : [],
});

/** Contacts that wait for it wait no longer. What it did stays in their history and in the list of firings. */
export const deleteAutomation = operation({
  name: 'statusAutomations.delete',
  kind: 'command',
  summary: 'Delete an automation of lead statuses.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/lead-statuses/automations/:id' }],
  input: one,
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

const someone = z.object({ id: z.uuid(), name: z.string(), dueAt: z.number().nullable() });
const some = z.object({ contacts: z.number().int(), sample: z.array(someone) });

/** Why a contact that has the status would not move. */
export const WHY_NOT = ['conditions', 'later', 'has_target', 'has_status_already', 'target_inactive'] as const;

/** As if it were active and everybody were asked now. `sample` holds at most 100 names a group, the counts are exact. */
export const dryRunAutomation = operation({
  name: 'statusAutomations.dryRun',
  kind: 'query',
  summary: 'Who a status automation would move now and within 24 hours, and why not the others.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/lead-statuses/automations/:id/dry-run' }],
  input: one,
  output: z.object({
    now: some,
    within24Hours: some,
    others: z.array(some.extend({ why: z.enum(WHY_NOT) })),
    /** The statuses that follow the target at once by other automations, whose conditions may stop it. */
    next: z.array(z.string()),
  }),
});

export const FIRING_OUTCOMES = ['moved', 'skipped', 'stopped', 'failed'] as const;

/** Every time that an automation came to a contact, newest first, also when it did nothing. */
export const listFirings = operation({
  name: 'statusAutomations.firings',
  kind: 'query',
  summary: 'List what status automations did, and why they did not.',
  role: 'VIEWER',
  routes: [
    { method: 'GET', path: '/lead-statuses/firings' },
    { method: 'GET', path: '/lead-statuses/automations/:automationId/firings' },
  ],
  input: listQuery(['at']).extend({
    sortOrder: z.enum(['asc', 'desc']).default('desc'),
    automationId: z.uuid().optional(),
    contactId: z.uuid().optional(),
    outcome: z.enum(FIRING_OUTCOMES).optional(),
  }),
  output: listOf(
    z.object({
      id: z.uuid(),
      automationId: z.uuid(),
      /** As it was called then. */
      automationName: z.string(),
      contactId: z.uuid(),
      contactName: z.string(),
      at: z.number(),
      /** When it was to be; null for one that follows a change. */
      dueAt: z.number().nullable(),
      outcome: z.enum(FIRING_OUTCOMES),
      /** In words; null where it moved the contact. */
      reason: z.string().nullable(),
      fromStatus: z.string().nullable(),
      toStatus: z.string(),
    }),
  ),
});
