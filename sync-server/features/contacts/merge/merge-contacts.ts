import { assertStatusCanBeGiven } from '../../statuses/status-read-model.ts';
import { eq, sql } from 'drizzle-orm';
import { NO_END, type ContactFields } from '../../../../shared/contacts/contact.ts';
import type { mergeContactsOperation as operation } from '../../../../shared/contacts/duplicate-operations.ts';
import { mergeContacts } from '../../../../shared/contacts/merge-contacts.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { untilOf } from '../consents/consent-store.ts';
import { contactKeys } from '../contact-keys.ts';
import { assertOwnerIsMember, assertPageIsOurs, lockContact } from '../contact-store.ts';
import { contacts, type ContactRow } from '../contact-table.ts';
import { contactMerges, type Given } from './contact-merge-table.ts';
import { uniteConversations } from './move-conversations.ts';
import { moveRows } from './moved-tables.ts';
import { uniteLinks } from './unite-links.ts';

/** Everything of the one goes to the other, in one transaction, and is remembered so that it can be taken apart again. */
export const mergeContactsVerb: Verb<typeof operation> = async (act, { keepId, mergeId, fields }) => {
  const { tx, tenantId, now, userId, deviceId } = act;
  const { kept, merged } = await lockBoth(act, keepId, mergeId);
  await assertChosen(act, fields, kept, merged);
  const set = await decide(act, kept, merged, fields);
  const [id, actId] = [act.newId(), act.newId()];
  const updatedAt = nextUpdatedAt(now, Math.max(kept.updatedAt, merged.updatedAt));
  const [row] = (
    await tx.execute<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(c) as row from contacts c where id = ${merged.id}`,
    )
  ).rows;
  await act.inHistory({ actId, cause: { kind: 'merge', id } }, async () => {
    const moved = await moveRows(act, merged.id, kept.id);
    const conversations = await uniteConversations(act, merged.id, kept.id);
    const { links, given: givenLinks } = await uniteLinks(act, merged.id, kept.id);
    // The columns that are unique leave before the kept one takes them.
    await tx.delete(contacts).where(eq(contacts.id, merged.id));
    await tx
      .update(contacts)
      .set({ ...set, ...contactKeys({ ...kept, ...set }), updatedAt })
      .where(eq(contacts.id, kept.id));
    await tx.insert(contactMerges).values({
      id,
      tenantId,
      keptId: kept.id,
      mergedId: merged.id,
      merged: row?.row ?? null,
      links,
      conversations,
      moved,
      given: givenOf(kept, set),
      givenLinks,
      at: now,
      userId,
      deviceId,
      actId,
    });
  });
  const input = { keepId: kept.id, mergeId: merged.id, fields };
  act.audit({
    id: actId,
    action: 'contacts.merge',
    entity: 'contact',
    entityId: kept.id,
    before: { mergedId: merged.id, firstName: merged.firstName, lastName: merged.lastName, phone: merged.phone },
    after: {
      mergedId: merged.id,
      ...Object.fromEntries(Object.keys(fields).map((key) => [key, input.fields[key as keyof ContactFields]])),
    },
    undo: { name: 'contacts.unmerge', input: { mergeId: id } },
    at: updatedAt,
  });
  if (set.phone || set.email) await act.publish({ type: 'contacts.readdressed', contactIds: [kept.id] });
  return { id: kept.id };
};

/** In the order of their ids, so that two merges of one pair wait for each other. */
async function lockBoth(act: Act, keepId: string, mergeId: string): Promise<{ kept: ContactRow; merged: ContactRow }> {
  await act.tx.execute(sql`
    select from contacts where tenant_id = ${act.tenantId} and id in (${keepId}, ${mergeId}) order by id for update`);
  const kept = await lockContact(act, keepId);
  const merged = await lockContact(act, mergeId);
  if (kept.id === merged.id)
    throw new AppError('conflict', 'These two are one contact already. Nothing was changed.', { reason: 'merged' });
  return { kept, merged };
}

async function assertChosen(
  act: Act,
  fields: Partial<ContactFields>,
  kept: ContactRow,
  merged: ContactRow,
): Promise<void> {
  if (![kept.ownerId, merged.ownerId].includes(fields.ownerId ?? null)) await assertOwnerIsMember(act, fields.ownerId);
  if (![kept.leadStatus, merged.leadStatus].includes(fields.leadStatus ?? null))
    await assertStatusCanBeGiven(act, fields.leadStatus);
  await assertPageIsOurs(act, fields.facebookPageId);
}

type Columns = Partial<Omit<ContactRow, 'id' | 'tenantId' | 'nameKey' | 'search'>>;

/** What the kept contact has afterwards that it has not now. Who opted out stays opted out; of consents the newest record holds. */
async function decide(
  act: Act,
  kept: ContactRow,
  merged: ContactRow,
  fields: Partial<ContactFields>,
): Promise<Columns> {
  const later = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));
  const opted = kept.optedOutAt === null && merged.optedOutAt !== null ? merged : kept;
  const placed = kept.stageId === null ? merged : kept;
  const all: Columns = {
    ...mergeContacts(kept, merged, fields),
    stageId: placed.stageId,
    pipelineId: placed.pipelineId,
    optedOutAt: opted.optedOutAt,
    optOutMethod: opted.optOutMethod,
    optOutReason: opted.optOutReason,
    doNotCallAt: kept.doNotCallAt ?? merged.doNotCallAt,
    lastInboundAt: later(kept.lastInboundAt, merged.lastInboundAt),
    lastOutboundAt: later(kept.lastOutboundAt, merged.lastOutboundAt),
    lastInteractionAt: later(kept.lastInteractionAt, merged.lastInteractionAt),
    aiContext: kept.aiContext ?? merged.aiContext,
    aiContextUpdatedAt: kept.aiContext === null ? merged.aiContextUpdatedAt : kept.aiContextUpdatedAt,
    marketingConsentUntil: await consentOf(act, kept, merged, 'marketing'),
    automatedConsentUntil: await consentOf(act, kept, merged, 'automated'),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => !isSameValue(value ?? null, kept[key as keyof ContactRow] ?? null)),
  );
}

/** By the newest record of either; where neither has any, by what the contacts say. Records are still apart here. */
async function consentOf(act: Act, kept: ContactRow, merged: ContactRow, purpose: 'marketing' | 'automated') {
  const column = `${purpose}ConsentUntil` as const;
  const { rows } = await act.tx.execute<{ id: string }>(sql`
    select contact_id as id from consents where contact_id in (${kept.id}, ${merged.id}) and purpose = ${purpose}
    order by given_at desc, created_at desc, id desc limit 1`);
  const newest = rows[0]?.id;
  if (newest) return (await untilOf(act, newest, purpose)) ?? null;
  if (kept[column] === null) return merged[column];
  return merged[column] === null ? kept[column] : Math.min(NO_END, Math.max(kept[column], merged[column]));
}

const givenOf = (kept: ContactRow, set: Columns): Given =>
  Object.fromEntries(
    Object.entries(set).map(([key, after]) => [key, { before: kept[key as keyof ContactRow] ?? null, after }]),
  );
