import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

const done = z.object({ id: z.uuid() });

export const ATTRIBUTE_TYPES = ['text', 'number', 'date', 'choice', 'boolean', 'object'] as const;

/** What an attribute of contacts is. `key` is its name in `attributes`; nested values are reached with dots where they are asked for. */
export const attributeDefinition = z.object({
  label: z.string().trim().min(1, 'Name the attribute').max(100),
  type: z.enum(ATTRIBUTE_TYPES),
  /** Of a choice: what can be chosen, in this order. */
  choices: z.array(z.string().trim().min(1).max(100)).max(200).nullable(),
  displayOrder: z.number().int().min(0).max(10_000),
});

const key = z.string().trim().min(1).max(100);

/** `conflict` when the key is defined already. Values that contacts have already stay as they are, whatever their type. */
export const defineAttribute = operation({
  name: 'attributes.create',
  kind: 'command',
  summary: 'Define an attribute of contacts.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/contact-attributes' }],
  input: attributeDefinition.extend({
    id: z.uuid().optional(),
    key,
    choices: attributeDefinition.shape.choices.default(null),
    displayOrder: attributeDefinition.shape.displayOrder.default(0),
  }),
  output: done,
  patches: ({ id, ...body }) =>
    id ? [{ kind: 'insert', table: 'workspace_items', id, values: { kind: 'attribute', body } }] : [],
});

/** The key stays: it is what contacts hold. */
export const updateAttribute = operation({
  name: 'attributes.update',
  kind: 'command',
  summary: 'Change the label, type, choices or place of an attribute.',
  role: 'MANAGER',
  routes: [{ method: 'PATCH', path: '/contact-attributes/:id' }],
  input: attributeDefinition.extend({ id: z.uuid(), key }),
  output: done,
  patches: ({ id, ...body }) => [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body } }],
});

/** Contacts keep the values they have; they show under their key. */
export const deleteAttribute = operation({
  name: 'attributes.delete',
  kind: 'command',
  summary: 'Delete the definition of an attribute.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/contact-attributes/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});
