import { z } from 'zod';
import { idFromParts } from '../kernel/ids.ts';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { contactFields } from './contact.ts';
import { groupMemberIdOf } from './group-operations.ts';
import { contactTagIdOf } from './tag.ts';

const movedIds = z.array(z.uuid()).max(5_000).optional();

/**
 * A conversation of the merged contact that goes into the kept one's of the same channel, whose `id` says so; `values` is what that one is
 * then. `isNew` where the kept contact had none.
 */
const joinedThread = z.object({
  id: z.uuid(),
  fromId: z.uuid(),
  isNew: z.boolean(),
  values: z.record(z.string().max(100), z.json()),
  messages: z.array(z.uuid()).max(5_000),
});

/**
 * Makes one contact of two. What the kept one lacks it gets from the other (merge-contacts.ts); `fields` are values a person chose.
 * Everything of the merged one moves, and whatever names it later means the kept one. Within 30 days the act can be taken back, also
 * after other edits. `shows` only says what the desktop shows until then.
 */
export const mergeContactsOperation = operation({
  name: 'contacts.merge',
  kind: 'command',
  summary: 'Merge two contacts that are one person.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/merge' }],
  input: z
    .object({
      keepId: z.uuid(),
      mergeId: z.uuid(),
      fields: contactFields.partial().default({}),
      shows: z
        .object({
          fields: z.record(z.string().max(100), z.json()),
          moved: z.object({ notes: movedIds, conversations: movedIds, messages: movedIds, tasks: movedIds }),
          tagIds: z.array(z.uuid()).max(1_000),
          groupIds: z.array(z.uuid()).max(1_000),
          threads: z.array(joinedThread).max(50).optional(),
        })
        .optional(),
    })
    .refine(({ keepId, mergeId }) => keepId !== mergeId, 'Choose two contacts'),
  output: z.object({ id: z.uuid() }),
  patches: ({ keepId, mergeId, fields, shows }, { now }): Patch[] => [
    {
      kind: 'set',
      table: 'contacts',
      ids: [keepId],
      values: { ...shows?.fields, ...fields, updatedAt: now },
    },
    ...Object.entries(shows?.moved ?? {}).map(([table, ids]): Patch => ({
      kind: 'set',
      table,
      ids,
      values: { contactId: keepId },
    })),
    ...(shows?.threads ?? []).flatMap(({ id, fromId, isNew, values, messages }): Patch[] => [
      isNew
        ? { kind: 'insert', table: 'conversations', id, values: { ...values, contactId: keepId } }
        : { kind: 'set', table: 'conversations', ids: [id], values },
      { kind: 'set', table: 'messages', ids: messages, values: { conversationId: id } },
      { kind: 'delete', table: 'conversations', ids: [fromId] },
    ]),
    ...(shows?.tagIds ?? []).map((tagId): Patch => ({
      kind: 'insert',
      table: 'contact_tags',
      id: contactTagIdOf(keepId, tagId),
      values: { contactId: keepId, tagId, createdAt: now },
    })),
    ...(shows?.groupIds ?? []).map((groupId): Patch => ({
      kind: 'insert',
      table: 'group_members',
      id: groupMemberIdOf(keepId, groupId),
      values: { contactId: keepId, groupId, createdAt: now },
    })),
    { kind: 'delete', table: 'contacts', ids: [mergeId] },
  ],
});

/** The id of “these two are not the same person”, whichever is named first. */
export const notDuplicateIdOf = (tenantId: string, a: string, b: string): string =>
  idFromParts(tenantId, 'not duplicate', ...[a, b].toSorted());

/** Nobody is asked about these two again. */
export const markNotDuplicates = operation({
  name: 'contacts.notDuplicates',
  kind: 'command',
  summary: 'Say that two contacts are not the same person.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/not-duplicates' }],
  input: z.object({ a: z.uuid(), b: z.uuid() }).refine(({ a, b }) => a !== b, 'Choose two contacts'),
  output: z.object({ id: z.uuid() }),
  patches: ({ a, b }, { tenantId }) => [
    {
      kind: 'insert',
      table: 'workspace_items',
      id: notDuplicateIdOf(tenantId, a, b),
      values: { kind: 'not_duplicate', body: { a, b } },
    },
  ],
});
