import { and, eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { eraseContact as operation } from '../../../shared/workspace/privacy-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import { contacts } from '../contacts/contact-table.ts';
import { findKeptId } from '../contacts/merge/alias-read-model.ts';
import { suppress } from './suppression.ts';

type Named = { id: string; phone: string | null; email: string | null };
type Person = Named & { optedOutAt: number | null };

/**
 * Everything of the person goes in the one transaction, with every copy that undo, history, carriers and imports hold. What remains
 * says that somebody was erased, when, by whom and why, and where they had opted out, hashes that keep it so. Who was deleted before
 * is erased out of the trash and the audit log.
 */
export const eraseContact =
  (seal: Seal): Verb<typeof operation> =>
  async (act, { id, reason }) => {
    const { tx, tenantId } = act;
    // What this very transaction added about them, too.
    await act.storeAudit();
    // Whoever takes back their deletion now ends first, or finds nothing to take back.
    await tx.execute(sql`select from acts where tenant_id = ${tenantId} and contact_id = ${id} order by id for update`);
    const row = (await lockPerson(act, id)) ?? (await findDeleted(act, id));
    if (!row) throw await whyNobody(act, id);
    const owned = await listOwnedIds(act, id);
    // Under every name that merges have given them.
    for (const one of [row, ...(await listMerged(act, id))]) {
      if (row.optedOutAt !== null) await suppress(act, seal, one, row.optedOutAt);
      await eraseCarrierNews(act, one, id);
      await eraseImported(act, one);
      await eraseRefusals(act, one);
    }
    await tx.delete(contacts).where(eq(contacts.id, id));
    await eraseHistory(act, id, [id, ...owned]);
    act.audit({ action: 'privacy.eraseContact', entity: 'contact', entityId: id, after: { reason } });
    return { id };
  };

/** Who erases one that was merged must know that the person is there by another id, with more than was asked for. */
async function whyNobody({ tx, tenantId }: Act, id: string): Promise<AppError> {
  const keptId = await findKeptId(tx, tenantId, id);
  return keptId === null
    ? new AppError('not_found', 'This contact is not in your workspace any more. Nothing was changed.')
    : new AppError('conflict', 'This contact was merged into another one. Nothing was changed; erase that one.', {
        reason: 'merged',
        keptId,
      });
}

async function lockPerson({ tx, tenantId }: Act, id: string): Promise<Person | null> {
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, id)))
    .for('update');
  return row ?? null;
}

/** A contact that was deleted, as it was then: in the trash for a month, in the audit log for as long as the workspace says. */
async function findDeleted({ tx, tenantId }: Act, id: string): Promise<Person | null> {
  const { rows } = await tx.execute<Omit<Person, 'optedOutAt'> & { out: string | null }>(sql`
    select ${id} as id, row ->> 'phone' as phone, row ->> 'email' as email, row ->> 'opted_out_at' as out, deleted_at as at
    from trash where tenant_id = ${tenantId} and table_name = 'contacts' and contact_id = ${id}
    union all
    select ${id}, before ->> 'phone', before ->> 'email', before ->> 'optedOutAt', at
    from audit_log where tenant_id = ${tenantId} and entity_id = ${id} and action = 'contacts.delete' and before is not null
    order by at desc limit 1`);
  const [row] = rows;
  if (!row) return null;
  const { out, ...person } = row;
  return { ...person, optedOutAt: out === null ? null : new Date(/^\d+$/.test(out) ? Number(out) : out).getTime() };
}

/** Who they were before merges made them one; whose merge was taken apart is somebody else. */
async function listMerged({ tx, tenantId }: Act, id: string): Promise<Named[]> {
  const { rows } = await tx.execute<Named>(sql`
    select merged_id as id, merged ->> 'phone' as phone, merged ->> 'email' as email from contact_merges
    where tenant_id = ${tenantId} and kept_id = ${id} and undone_at is null
    union all
    select (row ->> 'merged_id')::uuid, row #>> '{merged,phone}', row #>> '{merged,email}' from trash
    where tenant_id = ${tenantId} and contact_id = ${id} and table_name = 'contact_merges' and row ->> 'undone_at' is null`);
  return rows;
}

/** Ids of what hangs on the contact, deleted things that the trash still has included: history is found by them. */
async function listOwnedIds({ tx, tenantId }: Act, id: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select merged_id as id from contact_merges where tenant_id = ${tenantId} and kept_id = ${id} and undone_at is null
    union select id from notes where contact_id = ${id} union select id from conversations where contact_id = ${id}
    union select id from messages where contact_id = ${id} union select id from tasks where contact_id = ${id}
    union select (row ->> 'merged_id')::uuid from trash
      where tenant_id = ${tenantId} and contact_id = ${id} and table_name = 'contact_merges' and row ->> 'undone_at' is null
    union select (row ->> 'id')::uuid from trash
      where tenant_id = ${tenantId} and contact_id = ${id} and jsonb_typeof(row -> 'id') = 'string'`);
  return rows.map((row) => row.id);
}

/** Undo, acts and the audit log keep that something happened, not what it said. */
async function eraseHistory({ tx, tenantId }: Act, id: string, ids: readonly string[]): Promise<void> {
  const all = sql.param([...ids]);
  await tx.execute(sql`delete from trash where tenant_id = ${tenantId} and contact_id = any(${all}::uuid[])`);
  // What another contact had of them by a merge that was taken apart, and remembers of it.
  await tx.execute(sql`
    delete from contact_changes h using contact_merges m
    where m.tenant_id = ${tenantId} and m.merged_id = ${id} and h.contact_id = m.kept_id and h.tenant_id = m.tenant_id
      and h.cause ->> 'id' = m.id::text`);
  await tx.execute(sql`delete from contact_merges where tenant_id = ${tenantId} and merged_id = ${id}`);
  await tx.execute(
    sql`delete from acts where tenant_id = ${tenantId} and (contact_id = any(${all}::uuid[]) or entity_id = any(${all}::uuid[])
      or before ->> 'mergedId' = ${id})`,
  );
  await tx.execute(sql`select set_config('switchboard.audit_change', 'erasure', true)`);
  await tx.execute(sql`
    update audit_log set before = null, after = null, undo = null
    where tenant_id = ${tenantId} and (contact_id = any(${all}::uuid[]) or entity_id = any(${all}::uuid[])
      or before ->> 'contactId' = ${id} or after ->> 'contactId' = ${id} or before ->> 'mergedId' = ${id})
      and (before is not null or after is not null or undo is not null)`);
  // Other acts may follow in the same transaction.
  await tx.execute(sql`select set_config('switchboard.audit_change', '', true)`);
}

/** That an event came stays, so that a repeat of it does not bring the person back. */
async function eraseCarrierNews({ tx, tenantId }: Act, { phone }: Pick<Named, 'phone'>, id: string): Promise<void> {
  await tx.execute(sql`
    update webhook_events e set payload = '{}'
    where e.tenant_id = ${tenantId} and (
      split_part(e.vendor_event_id, ' ', 1) in (
        select vendor_id from messages where contact_id = ${id} and vendor_id is not null
        union select row ->> 'vendor_id' from trash where tenant_id = ${tenantId} and contact_id = ${id} and row ->> 'vendor_id' is not null)
      or ${phone}::text in (e.payload ->> 'From', e.payload ->> 'To', e.payload ->> 'from', e.payload ->> 'to'))`);
}

/** Rows of files that made or changed the contact. */
async function eraseImported({ tx, tenantId }: Act, { phone, email }: Pick<Named, 'phone' | 'email'>): Promise<void> {
  if (phone === null && email === null) return;
  const isTheirs = sql`(r -> 'fields' ->> 'phone' = ${phone}::text or lower(r -> 'fields' ->> 'email') = lower(${email}::text))`;
  await tx.execute(sql`
    update import_rows i set rows = (
      select jsonb_agg(case when ${isTheirs} then r || '{"fields": {}, "tags": []}' else r end order by n)
      from jsonb_array_elements(i.rows) with ordinality as e(r, n))
    where i.tenant_id = ${tenantId} and exists (select from jsonb_array_elements(i.rows) as e(r) where ${isTheirs})`);
  await tx.execute(sql`
    update import_problems set reason = 'The person in this row was erased.'
    where tenant_id = ${tenantId} and (position(${phone}::text in reason) > 0 or position(lower(${email}::text) in lower(reason)) > 0)`);
}

/** Refusals are remembered with what they were about. */
async function eraseRefusals({ tx, tenantId }: Act, { id, phone, email }: Named): Promise<void> {
  const named = [id, phone, email].filter((one) => one !== null);
  await tx.execute(sql`
    update write_receipts set details = null, message = 'The person this was about was erased.'
    where tenant_id = ${tenantId} and status = 'refused' and exists (
      select from unnest(${sql.param(named)}::text[]) as n where position(n in coalesce(message, '') || coalesce(details::text, '')) > 0)`);
}
