import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { contactFields } from './contact.ts';
import { changed, contactIds } from './contact-ids.ts';

const bulk = { field: 'contactIds' } as const;

/**
 * `stageId` null takes contacts out of their pipeline. `pipelineId` is the stage's own, said so that the desktop can show it; the server
 * takes it from the stage. `not_found` for a stage that is gone.
 */
export const moveToStage = operation({
  name: 'contacts.moveToStage',
  kind: 'command',
  agent: true,
  summary: 'Move contacts to a stage of a pipeline.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/stage' }],
  input: z.object({
    contactIds,
    stageId: z.uuid().nullable(),
    pipelineId: z.uuid().nullable().default(null),
    /** Why, for their history. */
    note: z.string().trim().max(500).optional(),
  }),
  output: changed,
  bulk,
  patches: ({ contactIds: ids, stageId, pipelineId }, { now }) => [
    {
      kind: 'set',
      table: 'contacts',
      ids,
      values: { stageId, pipelineId: stageId && pipelineId, stageEnteredAt: stageId && now, updatedAt: now },
    },
  ],
});

export const setLeadStatus = operation({
  name: 'contacts.setStatus',
  kind: 'command',
  agent: true,
  summary: 'Give contacts a lead status.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/status' }],
  input: z.object({
    contactIds,
    leadStatus: contactFields.shape.leadStatus,
    note: z.string().trim().max(500).optional(),
  }),
  output: changed,
  bulk,
  patches: ({ contactIds: ids, leadStatus }, { now }) => [
    {
      kind: 'set',
      table: 'contacts',
      ids,
      values: { leadStatus, statusEnteredAt: leadStatus && now, updatedAt: now },
    },
  ],
});

export const setLeadScore = operation({
  name: 'contacts.setScore',
  kind: 'command',
  agent: true,
  summary: 'Give contacts a lead score from 0 to 100.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/score' }],
  input: z.object({ contactIds, leadScore: contactFields.shape.leadScore }),
  output: changed,
  bulk,
  patches: ({ contactIds: ids, leadScore }, { now }) => [
    { kind: 'set', table: 'contacts', ids, values: { leadScore, updatedAt: now } },
  ],
});

/** `invalid_input` when the owner is not an active member of the team. */
export const assignOwner = operation({
  name: 'contacts.assign',
  kind: 'command',
  agent: true,
  summary: 'Give contacts an owner, or none.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/owner' }],
  input: z.object({ contactIds, ownerId: contactFields.shape.ownerId }),
  output: changed,
  bulk,
  patches: ({ contactIds: ids, ownerId }, { now }) => [
    { kind: 'set', table: 'contacts', ids, values: { ownerId, updatedAt: now } },
  ],
});

export const deleteContacts = operation({
  name: 'contacts.deleteMany',
  kind: 'command',
  summary: 'Delete contacts with their notes, tags and conversations. They can be brought back for 30 days.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/contacts/delete' }],
  input: z.object({ contactIds }),
  output: changed,
  bulk,
  patches: ({ contactIds: ids }) => [{ kind: 'delete', table: 'contacts', ids }],
});
