import { and, eq, sql } from 'drizzle-orm';
import { contactFields, type ContactFields } from '../../../../shared/contacts/contact.ts';
import { mergeContacts } from '../../../../shared/contacts/merge-contacts.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { contactKeys } from '../contact-keys.ts';
import { lockContact } from '../contact-store.ts';
import { contacts, type ContactRow } from '../contact-table.ts';
import { contactMerges, type ContactMerge, type Given } from './contact-merge-table.ts';
import { divideConsents } from './divide-consents.ts';
import { divideConversations } from './move-conversations.ts';
import { moveRowsBack } from './moved-tables.ts';
import { takeBackGifts } from './take-back-gifts.ts';
import { putBackLinks } from './unite-links.ts';

/**
 * Takes a merge apart, also after other edits: the merged contact comes back with what was its own, and the kept one gives back the
 * values that are still the merge's. What was written to either since stays with the kept one.
 */
export async function unmergeContacts(act: Act, { mergeId }: { mergeId: string }): Promise<void> {
  const merge = await lockMerge(act, mergeId);
  const kept = await lockContact(act, merge.keptId);
  const updatedAt = nextUpdatedAt(act.now, kept.updatedAt);
  const actId = act.newId();
  let back: Partial<ContactRow> = {};
  await act.inHistory({ actId, cause: { kind: 'undo', id: mergeId } }, async () => {
    back = await withoutGone(act, givenBack(kept, await takeBackGifts(act, merge)));
    await act.tx
      .update(contacts)
      .set({ ...back, ...contactKeys({ ...kept, ...back }), updatedAt })
      .where(eq(contacts.id, kept.id));
    await putBackMerged(act, merge);
    await moveRowsBack(act, merge.moved ?? {}, kept.id, merge.mergedId);
    await divideConsents(act, merge, kept);
    await divideConversations(act, merge.conversations ?? [], kept.id);
    await withoutHistory(act, () => putBackLinks(act, merge));
    await act.tx.update(contactMerges).set({ undoneAt: act.now }).where(eq(contactMerges.id, mergeId));
  });
  const fields = await chosenFields(act, merge);
  act.audit({
    id: actId,
    action: 'contacts.unmerge',
    entity: 'contact',
    entityId: kept.id,
    after: { mergedId: merge.mergedId },
    undo: { name: 'contacts.merge', input: { keepId: kept.id, mergeId: merge.mergedId, fields } },
    at: updatedAt,
  });
  await act.publish({ type: 'contacts.added', contactIds: [merge.mergedId] });
  // It may have an address again whose owner was erased meanwhile.
  if (back.phone || back.email) await act.publish({ type: 'contacts.readdressed', contactIds: [kept.id] });
}

async function lockMerge({ tx, tenantId }: Act, id: string): Promise<ContactMerge> {
  const [merge] = await tx
    .select()
    .from(contactMerges)
    .where(and(eq(contactMerges.tenantId, tenantId), eq(contactMerges.id, id)))
    .for('update');
  if (!merge?.merged || merge.undoneAt !== null)
    throw new AppError('not_allowed_now', 'These contacts cannot be taken apart any more. Nothing was changed.');
  return merge;
}

/** What somebody chose then, and a merge would not do by itself: whoever merges them again means it too. */
async function chosenFields(act: Act, { keptId, mergedId, given }: ContactMerge): Promise<Partial<ContactFields>> {
  const [kept, merged] = [await lockContact(act, keptId), await lockContact(act, mergedId)];
  const byItself: Partial<ContactFields> = { ...kept, ...mergeContacts(kept, merged) };
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const told = given?.[field];
      return told && !isSameValue(told.after ?? null, byItself[field] ?? null) ? [[field, told.after ?? null]] : [];
    }),
  );
}

const FIELDS = Object.keys(contactFields.shape) as (keyof ContactFields)[];

/** Stage and pipeline go together; a lone one of them would point nowhere. */
function givenBack(kept: ContactRow, given: Given): Partial<ContactRow> {
  const isStill = ([key, { after }]: [string, Given[string]]) =>
    isSameValue(kept[key as keyof ContactRow] ?? null, after ?? null);
  const back = Object.fromEntries(
    Object.entries(given)
      .filter(isStill)
      .map(([key, { before }]) => [key, before]),
  );
  if ('stageId' in given && !('stageId' in back)) delete back['pipelineId'];
  // How and why somebody opted out is said of when they did.
  if ('optedOutAt' in given && !('optedOutAt' in back)) {
    delete back['optOutMethod'];
    delete back['optOutReason'];
  }
  return back;
}

/** A status or page that is gone meanwhile is not given back: what the merge gave stays. */
async function withoutGone({ tx, tenantId }: Act, back: Partial<ContactRow>): Promise<Partial<ContactRow>> {
  const { leadStatus = null, facebookPageId = null } = back;
  const { rows } = await tx.execute<{ status: boolean; page: boolean }>(sql`
    select exists (select from lead_statuses where tenant_id = ${tenantId} and key = ${leadStatus}) as status,
      exists (select from facebook_pages where tenant_id = ${tenantId} and id = ${facebookPageId}) as page`);
  const there = { ...back };
  if (leadStatus !== null && !rows[0]?.status) delete there.leadStatus;
  if (facebookPageId !== null && !rows[0]?.page) delete there.facebookPageId;
  return there;
}

/** As it was; of what is gone meanwhile (a stage, a page, a status) without it. */
async function putBackMerged({ tx }: Act, { merged }: ContactMerge): Promise<void> {
  const { rowCount } = await tx.execute(sql`
    insert into contacts
    select (jsonb_populate_record(null::contacts, m.row
      || case when exists (select from stages s where s.id = (m.row ->> 'stage_id')::uuid) then '{}' else '{"stage_id": null, "pipeline_id": null}' end::jsonb
      || case when exists (select from facebook_pages p where p.id = (m.row ->> 'facebook_page_id')::uuid) then '{}' else '{"facebook_page_id": null}' end::jsonb
      || case when exists (select from lead_statuses l where l.tenant_id = (m.row ->> 'tenant_id')::uuid and l.key = m.row ->> 'lead_status')
        then '{}' else '{"lead_status": null, "status_entered_at": null}' end::jsonb
    )).* from (select ${JSON.stringify(merged)}::jsonb as row) m on conflict do nothing`);
  if (!rowCount)
    throw new AppError(
      'conflict',
      'Another contact has the messenger address of the merged one now, so it cannot come back. Nothing was changed.',
    );
}

/** Links that come back are no news of anybody's history. */
async function withoutHistory({ tx }: Act, work: () => Promise<void>): Promise<void> {
  await tx.execute(sql`select set_config('switchboard.history', 'off', true)`);
  await work();
  await tx.execute(sql`select set_config('switchboard.history', '', true)`);
}
