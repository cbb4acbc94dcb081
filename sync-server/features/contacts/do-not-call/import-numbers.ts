import { sql } from 'drizzle-orm';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { markNotToCall } from './mark-not-to-call.ts';

type Batch = { importId: string; rows: readonly ImportRow[] };

/**
 * Puts the numbers of one batch on the workspace's do-not-call list and says so on the contacts that have them. `created` counts
 * numbers that are new on the list, `updated` contacts that are not to be called from now on.
 */
export async function importNumbers(act: Act, { importId, rows }: Batch) {
  const { tx, tenantId, now } = act;
  const problems = rows.flatMap(({ row, fields }) => (fields.phone ? [] : [{ row, reason: 'No phone number.' }]));
  const phones = [...new Set(rows.flatMap(({ fields }) => fields.phone ?? []))].toSorted();
  const added = await tx.execute(sql`
    insert into dnc_numbers (tenant_id, phone, import_id, added_at)
    select ${tenantId}::uuid, phone, ${importId}::uuid, ${new Date(now).toISOString()}::timestamptz
    from unnest(${sql.param(phones)}::text[]) as phone on conflict do nothing`);
  const created = added.rowCount ?? 0;
  const updated = await act.inHistory({ cause: { kind: 'import', id: importId } }, () =>
    markNotToCall(act, sql`c.phone = any(${sql.param(phones)}::text[])`),
  );
  const skipped = rows.length - created;
  act.audit({
    action: 'doNotCall.importBatch',
    entity: 'import',
    entityId: importId,
    after: { created, updated, skipped },
    records: created,
  });
  return { created, updated, skipped, problems };
}

/** Takes up to `limit` numbers off the list again that an import brought, and the mark off contacts that have it from there. */
export async function removeNumbers(
  act: Act,
  { importId, limit }: { importId: string; limit: number },
): Promise<number> {
  const { tx, tenantId } = act;
  const gone = await tx.execute<{ phone: string; at: string }>(sql`
    delete from dnc_numbers where tenant_id = ${tenantId} and phone in (
      select phone from dnc_numbers where tenant_id = ${tenantId} and import_id = ${importId} limit ${limit})
    returning phone, added_at::text as at`);
  await act.inHistory({ cause: { kind: 'undo', id: importId } }, () => unmark(act, gone.rows));
  return gone.rows.length;
}

/** Takes the mark off contacts that have it from these entries of the list; who asked not to be called keeps it. */
export async function unmark(act: Act, entries: readonly { phone: string; at: string }[]): Promise<number> {
  const { rowCount } = await act.tx.execute(sql`
    update contacts c set do_not_call_at = null, updated_at = ${nextUpdatedAtSql(act.now, sql`c.updated_at`)}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r(phone text, at timestamptz)
    where c.tenant_id = ${act.tenantId} and c.phone = r.phone and c.do_not_call_at = r.at`);
  return rowCount ?? 0;
}
