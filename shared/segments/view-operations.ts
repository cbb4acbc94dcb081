import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { contactView } from './contact-view.ts';

const done = z.object({ id: z.uuid() });

/** Makes a view of one's own, or changes it: the whole of it every time, so that it shows at once. Nobody else sees it. */
export const saveContactView = operation({
  name: 'contactViews.save',
  kind: 'command',
  summary: 'Save a view of the list of contacts.',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/contact-views/:id' }],
  input: z.object({
    id: z.uuid(),
    name: z.string().trim().min(1, 'Name the view').max(60),
    displayOrder: z.number().int().min(0).max(10_000).default(0),
    view: contactView,
  }),
  output: done,
  patches: ({ id, ...fields }, { now }): Patch[] => {
    const body = { ...fields, createdAt: now, updatedAt: now };
    return [
      { kind: 'insert', table: 'own_items', id, values: { kind: 'contact_view', body } },
      { kind: 'set', table: 'own_items', ids: [id], values: { body } },
    ];
  },
});

export const deleteContactView = operation({
  name: 'contactViews.delete',
  kind: 'command',
  summary: 'Delete a view of the list of contacts.',
  role: 'VIEWER',
  routes: [{ method: 'DELETE', path: '/contact-views/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'own_items', ids: [id] }],
});
