import { z } from 'zod';
import { idFromParts } from '../kernel/ids.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { changed, contactIds } from './contact-ids.ts';

const done = z.object({ id: z.uuid() });
const name = z.string().trim().min(1, 'Name the group').max(100);
const description = z.string().trim().max(500).nullable();

/** The id of "this contact is in this group". */
export const groupMemberIdOf = (contactId: string, groupId: string): string => idFromParts(contactId, groupId);

export const listGroups = operation({
  name: 'groups.list',
  kind: 'query',
  agent: true,
  summary: 'List the groups of contacts.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contact-groups' }],
  input: listQuery(['name']),
  output: listOf(z.object({ id: z.uuid(), name: z.string(), description: z.string().nullable(), members: z.number() })),
});

export const createGroup = operation({
  name: 'groups.create',
  kind: 'command',
  summary: 'Make a group of contacts.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contact-groups' }],
  input: z.object({ id: z.uuid().optional(), name, description: description.default(null) }),
  output: done,
  patches: ({ id, ...body }) =>
    id ? [{ kind: 'insert', table: 'workspace_items', id, values: { kind: 'group', body } }] : [],
});

export const updateGroup = operation({
  name: 'groups.update',
  kind: 'command',
  summary: 'Change the name or description of a group.',
  role: 'AGENT',
  routes: [{ method: 'PATCH', path: '/contact-groups/:id' }],
  input: z.object({ id: z.uuid(), name, description }),
  output: done,
  patches: ({ id, ...body }) => [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body } }],
});

/** Its members stay contacts; only the group is gone. */
export const deleteGroup = operation({
  name: 'groups.delete',
  kind: 'command',
  summary: 'Delete a group. Its contacts stay.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/contact-groups/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

/** `groupId`: a group, or a static segment. */
export const addToGroup = operation({
  name: 'contacts.addToGroup',
  kind: 'command',
  agent: true,
  summary: 'Add contacts to a group.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contact-groups/:groupId/members' }],
  input: z.object({ groupId: z.uuid(), contactIds }),
  output: changed,
  bulk: { field: 'contactIds' },
  patches: ({ groupId, contactIds: ids }, { now }) =>
    ids.map((contactId) => ({
      kind: 'insert',
      table: 'group_members',
      id: groupMemberIdOf(contactId, groupId),
      values: { contactId, groupId, createdAt: now },
    })),
});

export const removeFromGroup = operation({
  name: 'contacts.removeFromGroup',
  kind: 'command',
  agent: true,
  summary: 'Take contacts out of a group.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contact-groups/:groupId/members/remove' }],
  input: z.object({ groupId: z.uuid(), contactIds }),
  output: changed,
  bulk: { field: 'contactIds' },
  patches: ({ groupId, contactIds: ids }) => [
    { kind: 'delete', table: 'group_members', ids: ids.map((contactId) => groupMemberIdOf(contactId, groupId)) },
  ],
});
