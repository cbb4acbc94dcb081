import * as bulk from '../../../../shared/contacts/bulk-operations.ts';
import {
  addTags as addOperation,
  removeTags as removeOperation,
} from '../../../../shared/contacts/contact-operations.ts';
import type * as operations from '../../../../shared/contacts/face-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { InputOf } from '../../../../shared/protocol/operation.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { assignOwner, deleteContacts, moveToStage, setLeadScore, setLeadStatus } from '../bulk/bulk-verbs.ts';
import { addNote } from '../notes/add-note.ts';
import { addTags } from '../tags/add-tags.ts';
import { removeTags } from '../tags/remove-tags.ts';

export const changeContactTags: Verb<typeof operations.changeContactTags> = (act, { id, action, tags }) =>
  action === 'add' ? addTags(act, { contactIds: [id], tags }) : removeTags(act, { contactIds: [id], tags });

export const moveContact: Verb<typeof operations.moveContact> = (act, { id, stageId, notes }) =>
  moveToStage(act, { contactIds: [id], stageId, pipelineId: null, ...(notes ? { note: notes } : {}) });

export const logInteraction: Verb<typeof operations.logInteraction> = (act, { id, body }) =>
  addNote(act, { contactId: id, body });

type Input = InputOf<typeof operations.bulkContacts>;

/** How each action is done: what of `data` it needs, and the operation that people's apps use for it. */
const ACTIONS: Record<Input['action'], (act: Act, ids: string[], data: Input['data']) => Promise<{ changed: number }>> =
  {
    addTags: (act, contactIds, { tags }) => addTags(act, addOperation.input.parse({ contactIds, tags })),
    removeTags: (act, contactIds, { tags }) => removeTags(act, removeOperation.input.parse({ contactIds, tags })),
    moveToStage: (act, contactIds, { stageId, notes: note }) =>
      moveToStage(act, bulk.moveToStage.input.parse({ contactIds, stageId, note })),
    updateLeadStatus: (act, contactIds, { leadStatus, notes: note }) =>
      setLeadStatus(act, bulk.setLeadStatus.input.parse({ contactIds, leadStatus, note })),
    updateLeadScore: (act, contactIds, { leadScore }) =>
      setLeadScore(act, bulk.setLeadScore.input.parse({ contactIds, leadScore })),
    assignOwner: (act, contactIds, { ownerId }) =>
      assignOwner(act, bulk.assignOwner.input.parse({ contactIds, ownerId })),
    delete: (act, contactIds) => {
      if (!hasRole(act.role, bulk.deleteContacts.role))
        throw new AppError(
          'forbidden',
          `Your role (${act.role}) may not delete contacts; it takes ${bulk.deleteContacts.role} or more. Nothing was changed.`,
          { role: act.role, needed: bulk.deleteContacts.role },
        );
      return deleteContacts(act, { contactIds });
    },
  };

const NEEDED: Partial<Record<Input['action'], keyof Input['data']>> = {
  addTags: 'tags',
  removeTags: 'tags',
  moveToStage: 'stageId',
  updateLeadStatus: 'leadStatus',
  updateLeadScore: 'leadScore',
  assignOwner: 'ownerId',
};

export const bulkContacts: Verb<typeof operations.bulkContacts> = (act, { action, contactIds, data }) => {
  const needed = NEEDED[action];
  if (needed && data[needed] === undefined)
    throw new AppError('invalid_input', `“${action}” needs data.${needed}. Nothing was changed.`, {
      fields: { [`data.${needed}`]: 'Required' },
    });
  return ACTIONS[action](act, contactIds, data);
};
