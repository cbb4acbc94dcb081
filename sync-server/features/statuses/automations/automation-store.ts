import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import type { Tx } from '../../../db/tx.ts';
import { armAutomation } from './arm-automation.ts';
import { statusAutomations, statusTimers, type AutomationRow } from './automation-table.ts';

const automationNotFound = () =>
  new AppError('not_found', 'This automation does not exist any more. Nothing was changed.');

/** The automation of this tenant, locked until the act is done. */
export async function lockAutomation({ tx, tenantId }: Act, id: string): Promise<AutomationRow> {
  const [row] = await tx.select().from(statusAutomations).where(of(tenantId, id)).for('update');
  if (!row) throw automationNotFound();
  return row;
}

export async function getAutomationRow(tx: Tx, tenantId: string, id: string): Promise<AutomationRow> {
  const [row] = await tx.select().from(statusAutomations).where(of(tenantId, id));
  if (!row) throw automationNotFound();
  return row;
}

const of = (tenantId: string, id: string) =>
  and(eq(statusAutomations.tenantId, tenantId), eq(statusAutomations.id, id));

/** Those that are on, in the order in which they count: the oldest first. */
export const activeAutomations = (tx: Tx, tenantId: string): Promise<AutomationRow[]> =>
  tx
    .select()
    .from(statusAutomations)
    .where(and(eq(statusAutomations.tenantId, tenantId), eq(statusAutomations.isActive, true)))
    .orderBy(asc(statusAutomations.createdAt), asc(statusAutomations.id));

/** Automations that name this status. */
export const usersOf = ({ tx, tenantId }: Act, key: string): Promise<AutomationRow[]> =>
  tx
    .select()
    .from(statusAutomations)
    .where(
      and(
        eq(statusAutomations.tenantId, tenantId),
        or(
          eq(statusAutomations.fromStatus, key),
          eq(statusAutomations.triggerStatus, key),
          eq(statusAutomations.targetStatus, key),
        ),
      ),
    )
    .orderBy(asc(statusAutomations.name), asc(statusAutomations.id));

/** Turns automations off: nobody waits for them any more. */
export async function stopAutomations({ tx, tenantId, now }: Act, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await tx
    .update(statusAutomations)
    .set({ isActive: false, updatedAt: nextUpdatedAtSql(now, statusAutomations.updatedAt) })
    .where(and(eq(statusAutomations.tenantId, tenantId), inArray(statusAutomations.id, [...ids])));
  await forgetTimers(tx, ids);
}

/** Turns them on again as they were, with contacts held; those that were due in between are left alone. */
export async function startAutomations(act: Act, ids: readonly string[]): Promise<void> {
  const { tx, tenantId, now } = act;
  if (!ids.length) return;
  const rows = await tx
    .update(statusAutomations)
    .set({ isActive: true, updatedAt: nextUpdatedAtSql(now, statusAutomations.updatedAt) })
    .where(and(eq(statusAutomations.tenantId, tenantId), inArray(statusAutomations.id, [...ids])))
    .returning();
  for (const row of rows) await armAutomation(act, row, 'from_now');
}

/**
 * Nobody is given a status while contacts are looked through: who changes one after that sees the automation and starts its timer
 * himself, and whoever did it before is seen here.
 */
export async function holdContacts({ tx, tenantId }: Act): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('status automations ' || ${tenantId}::uuid, 0))`);
}

export const forgetTimers = (tx: Tx, automationIds: readonly string[]) =>
  tx.delete(statusTimers).where(inArray(statusTimers.automationId, [...automationIds]));

/** Contacts that wait, by automation. */
export const waitingFor = sql<number>`(select count(*)::int from status_timers t where t.automation_id = status_automations.id)`;
