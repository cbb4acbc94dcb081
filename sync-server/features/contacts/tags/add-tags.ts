import type { addTags as operation } from '../../../../shared/contacts/contact-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { ownContacts } from './own-contacts.ts';
import { tagContacts } from './tag-contacts.ts';

/** Contacts that were deleted in the meantime are passed over; when none is left the act is refused. */
export const addTags: Verb<typeof operation> = async (act, { contactIds, tags }) => {
  const ids = await ownContacts(act, contactIds);
  const changed = await tagContacts(act, ids, tags);
  act.audit({
    action: 'contacts.addTags',
    entity: 'contact',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    after: { contactIds: ids, tags },
  });
  return { changed };
};
