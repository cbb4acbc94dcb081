import { sql } from 'drizzle-orm';
import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import { mergeContacts } from '../../../../shared/contacts/merge-contacts.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { lockContact, writeContact } from '../contact-store.ts';
import { tagContacts } from '../tags/tag-contacts.ts';
import { contactMerges } from './contact-merge-table.ts';

/** The contact who is this person of this page to Messenger or Instagram. */
export async function findByMessenger({ tx, tenantId }: Act, fields: ContactFields): Promise<string | null> {
  const { messengerPsid, instagramSid, facebookPageId } = fields;
  const page = facebookPageId ?? tenantId;
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from contacts where tenant_id = ${tenantId} and coalesce(facebook_page_id, tenant_id) = ${page}
      and (messenger_psid = ${messengerPsid} or instagram_sid = ${instagramSid}) order by created_at, id limit 1`);
  return rows[0]?.id ?? null;
}

type Twin = { twinId: string; givenId: string | null; fields: ContactFields; tags: string[] };

/**
 * A person whom another device had made already is that one contact: what the later one knows fills what the first lacks, the rest stays in
 * the log, and what is written to the later id from now on goes to the first.
 */
export async function joinTwin(act: Act, { twinId, givenId, fields, tags }: Twin): Promise<{ id: string }> {
  const { tx, tenantId, userId, deviceId, now } = act;
  const row = await lockContact(act, twinId);
  const set = mergeContacts(row, fields);
  const updatedAt = nextUpdatedAt(now, row.updatedAt);
  const [id, actId] = [act.newId(), act.newId()];
  await act.inHistory({ cause: { kind: 'merge', id } }, async () => {
    if (Object.keys(set).length) await writeContact(act, row.id, { ...row, ...set }, updatedAt);
    if (tags.length) await tagContacts(act, [row.id], tags);
  });
  if (givenId !== null)
    await tx
      .insert(contactMerges)
      .values({ id, tenantId, keptId: row.id, mergedId: givenId, at: now, userId, deviceId, actId });
  const before = Object.fromEntries(Object.keys(set).map((key) => [key, row[key as keyof ContactFields]]));
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  act.audit({
    id: actId,
    action: 'contacts.create',
    entity: 'contact',
    entityId: row.id,
    before,
    after: given,
    at: updatedAt,
  });
  if (set.phone || set.email) await act.publish({ type: 'contacts.readdressed', contactIds: [row.id] });
  return { id: row.id };
}
