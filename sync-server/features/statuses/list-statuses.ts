import { and, count, eq, ilike, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type {
  getLeadStatus as getOperation,
  listLeadStatuses as listOperation,
} from '../../../shared/statuses/status-operations.ts';
import type { LeadStatus } from '../../../shared/statuses/lead-status.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { leadStatuses, type StatusRow } from './status-table.ts';

export const statusNotFound = () =>
  new AppError('not_found', 'This lead status does not exist any more. Nothing was changed.');

const contactsOf = sql<number>`(select count(*)::int from contacts c
  where c.tenant_id = lead_statuses.tenant_id and c.lead_status = lead_statuses.key)`;

export const listLeadStatuses: Verb<typeof listOperation> = async ({ tx, tenantId }, { search, ...query }) => {
  const matches = and(
    eq(leadStatuses.tenantId, tenantId),
    search ? ilike(leadStatuses.name, containing(search)) : undefined,
  );
  const [counted] = await tx.select({ total: count() }).from(leadStatuses).where(matches);
  const rows = await tx
    .select({ status: leadStatuses, contacts: contactsOf })
    .from(leadStatuses)
    .where(matches)
    .orderBy(
      ...orderOf(
        query.sortBy === 'name' ? leadStatuses.name : leadStatuses.displayOrder,
        leadStatuses.id,
        query.sortOrder,
      ),
    )
    .limit(query.limit)
    .offset(offsetOf(query));
  const data = rows.map(({ status, contacts }) => ({ ...toStatus(status), contacts }));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getLeadStatus: Verb<typeof getOperation> = async ({ tx, tenantId }, { id }) => {
  const [row] = await tx
    .select({ status: leadStatuses, contacts: contactsOf })
    .from(leadStatuses)
    .where(and(eq(leadStatuses.tenantId, tenantId), eq(leadStatuses.id, id)));
  if (!row) throw statusNotFound();
  return { ...toStatus(row.status), contacts: row.contacts };
};

function toStatus({ tenantId: _tenant, createdAt: _created, updatedAt: _updated, ...shown }: StatusRow): LeadStatus {
  return shown;
}
