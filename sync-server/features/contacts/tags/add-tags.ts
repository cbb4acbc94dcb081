import type { addTags as operation } from '../../../../shared/contacts/contact-operations.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { Inverse, Verb } from '../../../db/act.ts';
import { ownContacts } from './own-contacts.ts';
import { tagContacts } from './tag-contacts.ts';

/** Contacts that were deleted in the meantime are passed over; when none is left the act is refused. */
export const addTags: Verb<typeof operation> = async (act, { contactIds, tags }) => {
  const ids = await ownContacts(act, contactIds);
  const linked = await tagContacts(act, ids, tags);
  act.audit({
    action: 'contacts.addTags',
    entity: 'contact',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    after: { contactIds: ids, tags },
    records: ids.length,
    undo: undoOf(ids, tags, linked),
  });
  return { changed: linked.length };
};

/** Only what this act added: contacts that had a tag before keep it. */
function undoOf(contactIds: string[], tags: string[], linked: string[]): Inverse | null {
  if (!linked.length) return null;
  if (linked.length === contactIds.length * new Set(tags.map(toSearchText)).size)
    return { name: 'contacts.removeTags', input: { contactIds, tags } };
  return { name: 'tags.unlink', input: { linkIds: linked } };
}
