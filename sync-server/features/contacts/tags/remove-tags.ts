import { and, eq, inArray } from 'drizzle-orm';
import type { removeTags as operation } from '../../../../shared/contacts/contact-operations.ts';
import { tagIdOf } from '../../../../shared/contacts/tag.ts';
import type { Verb } from '../../../db/act.ts';
import { contactTags } from './contact-tag-table.ts';
import { ownContacts } from './own-contacts.ts';

export const removeTags: Verb<typeof operation> = async (act, { contactIds, tags }) => {
  const ids = await ownContacts(act, contactIds);
  const tagIds = tags.map((tag) => tagIdOf(act.tenantId, tag));
  const gone = await act.tx
    .delete(contactTags)
    .where(
      and(
        eq(contactTags.tenantId, act.tenantId),
        inArray(contactTags.contactId, ids),
        inArray(contactTags.tagId, tagIds),
      ),
    )
    .returning({ contactId: contactTags.contactId, tagId: contactTags.tagId });
  act.audit({
    action: 'contacts.removeTags',
    entity: 'contact',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    before: { contactIds: ids, tags },
    records: ids.length,
    undo: gone.length ? { name: 'tags.link', input: { links: gone } } : null,
  });
  return { changed: gone.length };
};
