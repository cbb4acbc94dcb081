import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { statusKeyOf } from '../contacts/contact.ts';
import { leadStatus, leadStatusFields } from './lead-status.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });

export const listLeadStatuses = operation({
  name: 'leadStatuses.list',
  kind: 'query',
  agent: true,
  summary: 'List the lead statuses in their order.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/lead-statuses' }],
  input: listQuery(['displayOrder', 'name']),
  output: listOf(leadStatus.extend({ contacts: z.number().int() })),
});

export const getLeadStatus = operation({
  name: 'leadStatuses.get',
  kind: 'query',
  summary: 'Get one lead status.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/lead-statuses/:id' }],
  input: one,
  output: leadStatus.extend({ contacts: z.number().int() }),
});

/** `conflict` when another status has that name or key. */
export const createLeadStatus = operation({
  name: 'leadStatuses.create',
  kind: 'command',
  summary: 'Make a lead status.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/lead-statuses' }],
  input: leadStatusFields.partial().extend({
    id: z.uuid().optional(),
    name: leadStatusFields.shape.name.refine((name) => statusKeyOf(name) !== '', 'Use a letter or a digit'),
  }),
  output: z.object({ id: z.uuid(), key: z.string() }),
  patches: ({ id, ...fields }) =>
    id
      ? [
          {
            kind: 'insert',
            table: 'workspace_items',
            id,
            values: {
              kind: 'lead_status',
              body: {
                description: null,
                color: '#6b7280',
                displayOrder: 10_000,
                isActive: true,
                metadata: null,
                ...fields,
                key: statusKeyOf(fields.name),
                isSystem: false,
              },
            },
          },
        ]
      : [],
});

/** The whole of what can be changed, so that it shows at once. `key` and `isSystem` are as they were. */
export const updateLeadStatus = operation({
  name: 'leadStatuses.update',
  kind: 'command',
  summary: 'Change a lead status.',
  role: 'MANAGER',
  routes: [
    { method: 'PUT', path: '/lead-statuses/:id' },
    { method: 'PATCH', path: '/lead-statuses/:id' },
  ],
  input: leadStatusFields.partial().extend({
    id: z.uuid(),
    /** Said by desktops, which show the whole status at once; the server keeps its own. */
    key: z.string().max(60).optional(),
    isSystem: z.boolean().optional(),
  }),
  output: done,
  patches: ({ id, ...body }) =>
    body.key === undefined ? [] : [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body } }],
});

/**
 * `not_allowed_now` (details.reason `system`) for a status of the product. Contacts that have it get `remapTo` (a key), or none with null; `conflict`
 * (details.contacts, details.automations) while some have it and nothing was said.
 */
export const deleteLeadStatus = operation({
  name: 'leadStatuses.delete',
  kind: 'command',
  summary: 'Delete a lead status of your own; its contacts get another.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/lead-statuses/:id' }],
  input: one.extend({ remapTo: z.string().max(60).transform(statusKeyOf).nullable().optional() }),
  output: z.object({ id: z.uuid(), changed: z.number().int() }),
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

/** All ids in their new order; those that are not named keep theirs, behind. */
export const reorderLeadStatuses = operation({
  name: 'leadStatuses.reorder',
  kind: 'command',
  summary: 'Put the lead statuses into another order.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/lead-statuses/reorder' }],
  input: z.object({
    ids: z.array(z.uuid()).min(1).max(500),
    /** Said by desktops, which show the new order at once; the server keeps its own. */
    statuses: z.array(leadStatus).max(500).optional(),
  }),
  output: z.object({ changed: z.number().int() }),
  patches: ({ ids, statuses = [] }) =>
    statuses.flatMap(({ id, ...body }) =>
      ids.includes(id)
        ? [
            {
              kind: 'set' as const,
              table: 'workspace_items' as const,
              ids: [id],
              values: { body: { ...body, displayOrder: ids.indexOf(id) } },
            },
          ]
        : [],
    ),
});
