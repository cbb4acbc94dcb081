import type { ContactFields } from '../../../shared/contacts/contact.ts';
import type { Act } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { assertStatusCanBeGiven } from '../statuses/status-read-model.ts';
import { assertOwnerIsMember, assertPageIsOurs, lockContact, writeContact } from './contact-store.ts';
import type { OnEdit } from './on-edit.ts';

/** Sets the columns that were sent and no others, so that two people who edit different fields both win. */
export async function editContact(
  act: Act,
  onEdit: OnEdit,
  givenId: string,
  given: Partial<ContactFields>,
  action: string,
): Promise<void> {
  const row = await lockContact(act, givenId);
  // Another one where it was merged since.
  const { id } = row;
  if (given.ownerId !== row.ownerId) await assertOwnerIsMember(act, given.ownerId);
  if (given.leadStatus !== row.leadStatus) await assertStatusCanBeGiven(act, given.leadStatus);
  if (given.facebookPageId !== row.facebookPageId) await assertPageIsOurs(act, given.facebookPageId);
  const keys = Object.keys(given) as (keyof ContactFields)[];
  if (!keys.length) return;
  const sent: Partial<ContactFields> = await onEdit(act, {
    entity: 'contact',
    entityId: id,
    contactId: id,
    knownAs: givenId,
    values: given,
    updatedAt: row.updatedAt,
  });
  const before = Object.fromEntries(keys.map((key) => [key, row[key]]));
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await writeContact(act, id, { ...row, ...sent }, updatedAt);
  const undo = { name: 'contacts.update', input: { id, ...before } };
  act.audit({ action, entity: 'contact', entityId: id, before, after: sent, undo, at: updatedAt });
  const isReaddressed = (['phone', 'email'] as const).some((key) => sent[key] && sent[key] !== row[key]);
  if (isReaddressed) await act.publish({ type: 'contacts.readdressed', contactIds: [id] });
  const { ownerId } = sent;
  if (ownerId && ownerId !== row.ownerId) await act.publish({ type: 'contact.assigned', contactId: id, ownerId });
}
