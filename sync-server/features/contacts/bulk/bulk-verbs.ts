import { assertStatusCanBeGiven } from '../../statuses/status-read-model.ts';
import { and, eq, inArray } from 'drizzle-orm';
import type * as operations from '../../../../shared/contacts/bulk-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { keepContacts } from '../../../db/trash.ts';
import { assertOwnerIsMember, getStage } from '../contact-store.ts';
import { contacts } from '../contact-table.ts';
import { ownContacts } from '../tags/own-contacts.ts';
import { changeMany } from './change-many.ts';

export const moveToStage: Verb<typeof operations.moveToStage> = async (act, { contactIds, stageId, note }) => {
  const stage = stageId === null ? null : await getStage(act, stageId);
  const changed = await changeMany(act, {
    action: 'contacts.moveToStage',
    contactIds,
    field: 'stageId',
    column: contacts.stageId,
    value: stageId,
    more: { pipelineId: stage?.pipelineId ?? null },
    note,
  });
  return { changed: changed.length };
};

export const setLeadStatus: Verb<typeof operations.setLeadStatus> = async (act, { contactIds, leadStatus, note }) => {
  await assertStatusCanBeGiven(act, leadStatus);
  const changed = await changeMany(act, {
    action: 'contacts.setStatus',
    contactIds,
    field: 'leadStatus',
    column: contacts.leadStatus,
    value: leadStatus,
    note,
  });
  return { changed: changed.length };
};

export const setLeadScore: Verb<typeof operations.setLeadScore> = async (act, { contactIds, leadScore }) => {
  const changed = await changeMany(act, {
    action: 'contacts.setScore',
    contactIds,
    field: 'leadScore',
    column: contacts.leadScore,
    value: leadScore,
  });
  return { changed: changed.length };
};

/** Of more than these at once their new owner is not told one by one. */
const TOLD_OF = 10;

export const assignOwner: Verb<typeof operations.assignOwner> = async (act, { contactIds, ownerId }) => {
  await assertOwnerIsMember(act, ownerId);
  const changed = await changeMany(act, {
    action: 'contacts.assign',
    contactIds,
    field: 'ownerId',
    column: contacts.ownerId,
    value: ownerId,
  });
  if (ownerId && changed.length <= TOLD_OF)
    for (const contactId of changed) await act.publish({ type: 'contact.assigned', contactId, ownerId });
  return { changed: changed.length };
};

export const deleteContacts: Verb<typeof operations.deleteContacts> = async (act, { contactIds }) => {
  const ids = await ownContacts(act, contactIds, 'update', 'themselves');
  const actId = act.newId();
  const [only] = ids;
  await keepContacts(act, actId, ids);
  const names = await act.tx
    .select({ firstName: contacts.firstName, lastName: contacts.lastName, phone: contacts.phone })
    .from(contacts)
    .where(eq(contacts.id, only ?? ''));
  await act.tx.delete(contacts).where(and(eq(contacts.tenantId, act.tenantId), inArray(contacts.id, ids)));
  act.audit({
    id: actId,
    action: 'contacts.deleteMany',
    entity: 'contact',
    entityId: ids.length === 1 ? (only ?? null) : null,
    before: ids.length === 1 ? names[0] : { contactIds: ids },
    records: ids.length,
    undo: { name: 'trash.putBack', input: { actId } },
  });
  return { changed: ids.length };
};
