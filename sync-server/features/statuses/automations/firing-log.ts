import { lt, sql } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { DAY_MS, type Pruning } from '../../../db/prune-table.ts';
import { statusFirings, type AutomationRow } from './automation-table.ts';

type Outcome = (typeof statusFirings.$inferSelect)['outcome'];

/** Who a firing was about, with the status they had and when it was to be. */
export type Met = { contactId: string; from: string | null; dueAt?: number | null };

/** Notes what an automation did to contacts, or why it did not. */
export async function noteFirings(
  { tx, tenantId, now }: Act,
  { id, name, targetStatus }: AutomationRow,
  met: readonly Met[],
  outcome: Outcome,
  reason: string | null,
): Promise<void> {
  if (!met.length) return;
  const rows = met.map(({ contactId, from, dueAt }) => ({
    contact_id: contactId,
    from_status: from,
    due_at: dueAt ? new Date(dueAt).toISOString() : null,
  }));
  await tx.execute(sql`
    insert into status_firings (tenant_id, automation_id, automation_name, contact_id, at, due_at, outcome, reason, from_status, to_status)
    select ${tenantId}::uuid, ${id}::uuid, ${name}, r.contact_id, ${new Date(now).toISOString()}::timestamptz, r.due_at, ${outcome}, ${reason},
      r.from_status, ${targetStatus}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(contact_id uuid, from_status text, due_at timestamptz)`);
}

/** A year of firings is kept; a contact's own history keeps what they did for as long as the contact. */
export const oldFirings: Pruning = { table: statusFirings, isOver: (now) => lt(statusFirings.at, now - 365 * DAY_MS) };
