import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { contactFields } from './contact.ts';
import { changed, contactIds, tagNames } from './contact-ids.ts';

/** One contact’s tags, as integrations ask for it; people use `contacts.addTags` and `contacts.removeTags`. */
export const changeContactTags = operation({
  name: 'contacts.changeTags',
  kind: 'command',
  summary: 'Add tags to a contact or remove them.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/tags' }],
  input: z.object({ id: z.uuid(), action: z.enum(['add', 'remove']), tags: tagNames }),
  output: changed,
  online: true,
});

/** `notes` is why, for the contact’s history. */
export const moveContact = operation({
  name: 'contacts.move',
  kind: 'command',
  summary: 'Move a contact to a stage of a pipeline.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/move' }],
  input: z.object({ id: z.uuid(), stageId: z.uuid().nullable(), notes: z.string().trim().max(500).optional() }),
  output: changed,
  online: true,
});

export const BULK_ACTIONS = [
  'addTags',
  'removeTags',
  'moveToStage',
  'updateLeadStatus',
  'updateLeadScore',
  'assignOwner',
  'delete',
] as const;

/** What the action needs is in `data`; `invalid_input` says what is missing there. Up to 5,000 contacts at once. */
export const bulkContacts = operation({
  name: 'contacts.bulk',
  kind: 'command',
  summary: 'Do one thing to many contacts: tags, stage, status, score, owner, deletion.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/bulk' }],
  input: z.object({
    action: z.enum(BULK_ACTIONS),
    contactIds,
    data: z
      .object({
        tags: tagNames.optional(),
        stageId: z.uuid().nullable().optional(),
        notes: z.string().trim().max(500).optional(),
        leadStatus: contactFields.shape.leadStatus.optional(),
        leadScore: contactFields.shape.leadScore.optional(),
        ownerId: z.uuid().nullable().optional(),
      })
      .default({}),
  }),
  output: changed,
  online: true,
});

/** What happened between us and a contact, for systems that only tell of it. A note is written on the contact. */
export const logInteraction = operation({
  name: 'contacts.logInteraction',
  kind: 'command',
  summary: 'Log an interaction with a contact.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/interactions' }],
  input: z.object({
    id: z.uuid(),
    kind: z.enum(['note']).default('note'),
    body: z.string().trim().min(1, 'Say what happened').max(20_000),
  }),
  output: z.object({ id: z.uuid() }),
  online: true,
});
