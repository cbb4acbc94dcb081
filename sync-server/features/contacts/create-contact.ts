import type { createContact as operation } from '../../../shared/contacts/contact-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { contactKeys } from './contact-keys.ts';
import { wholeFields } from './contact-fields.ts';
import { assertOwnerIsMember, assertPageIsOurs } from './contact-store.ts';
import { contacts } from './contact-table.ts';
import { assertStatusCanBeGiven } from '../statuses/status-read-model.ts';
import { findKeptId } from './merge/alias-read-model.ts';
import { findByMessenger, joinTwin } from './merge/join-twin.ts';
import { tagContacts } from './tags/tag-contacts.ts';

/** Also where it is another name of a contact that was merged: two people would go by it. */
const idTaken = () => new AppError('conflict', 'A contact with this id exists already. Nothing was changed.');

export const createContact: Verb<typeof operation> = async (act, { id: givenId, tags, ...given }) => {
  const { tx, tenantId, now, newId, audit } = act;
  await assertOwnerIsMember(act, given.ownerId);
  await assertStatusCanBeGiven(act, given.leadStatus);
  await assertPageIsOurs(act, given.facebookPageId);
  if (givenId && (await findKeptId(tx, tenantId, givenId)) !== null) throw idTaken();
  const id = givenId ?? newId<'contact'>();
  const fields = wholeFields(given);
  const inserted = await tx
    .insert(contacts)
    .values({ ...fields, ...contactKeys(fields), id, tenantId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: contacts.id });
  if (!inserted.length) {
    const twinId = await findByMessenger(act, fields);
    if (twinId === null || twinId === id) throw idTaken();
    return joinTwin(act, { twinId, givenId: givenId ?? null, fields, tags: tags ?? [] });
  }
  if (tags) await tagContacts(act, [id], tags);
  audit({
    action: 'contacts.create',
    entity: 'contact',
    entityId: id,
    after: { ...given, ...(tags && { tags }) },
    undo: { name: 'contacts.delete', input: { id } },
  });
  await act.publish({ type: 'contacts.added', contactIds: [id] });
  if (given.ownerId) await act.publish({ type: 'contact.assigned', contactId: id, ownerId: given.ownerId });
  return { id };
};
