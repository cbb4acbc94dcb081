import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { contact, contactFields } from './contact.ts';
import { contactTagIdOf, tagIdOf } from './tag.ts';

const contactIds = z.array(z.uuid()).min(1).max(5_000);
const tagNames = z.array(z.string().trim().min(1).max(60)).min(1).max(50);
const done = z.object({ id: z.uuid() });

export const getContact = operation({
  name: 'contacts.get',
  kind: 'query',
  agent: true,
  summary: 'Get one contact with its tags.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts/:id' }],
  input: z.object({ id: z.uuid() }),
  output: contact,
});

/** By one of these a contact can be found again. */
const KNOWN_BY = ['firstName', 'lastName', 'company', 'phone', 'email', 'messengerPsid', 'instagramSid'] as const;

export const createContact = operation({
  name: 'contacts.create',
  kind: 'command',
  agent: true,
  summary: 'Create a contact.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts' }],
  input: contactFields
    .partial()
    .extend({ id: z.uuid().optional(), tags: tagNames.optional() })
    .refine((given) => KNOWN_BY.some((key) => given[key]), {
      message: 'Give a name, a company, a phone number or an email address',
      path: ['firstName'],
    }),
  output: done,
  patches: ({ id, tags, ...fields }, context) =>
    id
      ? [
          {
            kind: 'insert',
            table: 'contacts',
            id,
            values: { ...fields, createdAt: context.now, updatedAt: context.now },
          },
          ...(tags ? tagPatches([id], tags, context) : []),
        ]
      : [],
});

export const updateContact = operation({
  name: 'contacts.update',
  kind: 'command',
  agent: true,
  summary: 'Change fields of a contact. Fields that are not sent stay as they are.',
  role: 'AGENT',
  routes: [
    { method: 'PATCH', path: '/contacts/:id' },
    { method: 'PUT', path: '/contacts/:id' },
  ],
  input: contactFields.partial().extend({ id: z.uuid() }),
  output: done,
  patches: ({ id, ...fields }, { now }) => [
    { kind: 'set', table: 'contacts', ids: [id], values: { ...fields, updatedAt: now } },
  ],
});

export const deleteContact = operation({
  name: 'contacts.delete',
  kind: 'command',
  summary: 'Delete a contact with its notes, tags and conversations.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/contacts/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'contacts', ids: [id] }],
});

export const addTags = operation({
  name: 'contacts.addTags',
  kind: 'command',
  agent: true,
  summary: 'Add tags to contacts. Tags that do not exist are created.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/tags/add' }],
  input: z.object({ contactIds, tags: tagNames }),
  output: z.object({ changed: z.number().int() }),
  bulk: { field: 'contactIds' },
  patches: ({ contactIds: ids, tags }, context) => tagPatches(ids, tags, context),
});

export const removeTags = operation({
  name: 'contacts.removeTags',
  kind: 'command',
  agent: true,
  summary: 'Remove tags from contacts.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/tags/remove' }],
  input: z.object({ contactIds, tags: tagNames }),
  output: z.object({ changed: z.number().int() }),
  bulk: { field: 'contactIds' },
  patches: ({ contactIds: ids, tags }, { tenantId }) => [
    {
      kind: 'delete',
      table: 'contact_tags',
      ids: ids.flatMap((id) => tags.map((tag) => contactTagIdOf(id, tagIdOf(tenantId, tag)))),
    },
  ],
});

function tagPatches(
  ids: readonly string[],
  tags: readonly string[],
  context: { tenantId: string; now: number },
): Patch[] {
  return tags.flatMap((tag) => {
    const tagId = tagIdOf(context.tenantId, tag);
    return [
      { kind: 'insert', table: 'workspace_items', id: tagId, values: { kind: 'tag', body: { name: tag } } } as const,
      ...ids.map(
        (contactId) =>
          ({
            kind: 'insert',
            table: 'contact_tags',
            id: contactTagIdOf(contactId, tagId),
            values: { contactId, tagId, createdAt: context.now },
          }) as const,
      ),
    ];
  });
}
