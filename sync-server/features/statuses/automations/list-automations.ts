import { and, count, eq, ilike } from 'drizzle-orm';
import type {
  getAutomation as getOperation,
  listAutomations as listOperation,
} from '../../../../shared/statuses/automation-operations.ts';
import type { AutomationConditions } from '../../../../shared/statuses/status-automation.ts';
import type { Verb } from '../../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../../db/page.ts';
import { findStatuses } from '../status-read-model.ts';
import { getAutomationRow, waitingFor } from './automation-store.ts';
import { statusAutomations, type AutomationRow } from './automation-table.ts';

export const listAutomations: Verb<typeof listOperation> = async ({ tx, tenantId }, { search, ...query }) => {
  const matches = and(
    eq(statusAutomations.tenantId, tenantId),
    search ? ilike(statusAutomations.name, containing(search)) : undefined,
  );
  const [counted] = await tx.select({ total: count() }).from(statusAutomations).where(matches);
  const column = query.sortBy === 'createdAt' ? statusAutomations.createdAt : statusAutomations.name;
  const rows = await tx
    .select({ row: statusAutomations, waiting: waitingFor })
    .from(statusAutomations)
    .where(matches)
    .orderBy(...orderOf(column, statusAutomations.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  const statuses = await findStatuses(tx, tenantId);
  const data = rows.map(({ row, waiting }) => ({ ...toAutomation(row, statuses), waiting }));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getAutomation: Verb<typeof getOperation> = async ({ tx, tenantId }, { id }) => {
  const row = await getAutomationRow(tx, tenantId, id);
  const [counted] = await tx
    .select({ waiting: waitingFor })
    .from(statusAutomations)
    .where(eq(statusAutomations.id, id));
  return { ...toAutomation(row, await findStatuses(tx, tenantId)), waiting: counted?.waiting ?? 0 };
};

/** Statuses by key and, for who goes by ids, by id; one that is gone has none. */
function toAutomation(row: AutomationRow, statuses: ReadonlyMap<string, { id: string }>) {
  const { tenantId: _, ...shown } = row;
  const idOf = (key: string | null) => (key === null ? null : (statuses.get(key)?.id ?? null));
  return {
    ...shown,
    conditions: row.conditions as AutomationConditions | null,
    fromStatusId: idOf(row.fromStatus),
    triggerStatusId: idOf(row.triggerStatus),
    targetStatusId: idOf(row.targetStatus),
  };
}
