import { and, asc, count, desc, eq } from 'drizzle-orm';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import type { listFirings as operation } from '../../../../shared/statuses/automation-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { offsetOf } from '../../../db/page.ts';
import { contacts } from '../../contacts/contact-table.ts';
import { findKeptId } from '../../contacts/merge/alias-read-model.ts';
import { statusFirings } from './automation-table.ts';

export const listFirings: Verb<typeof operation> = async (
  { tx, tenantId },
  { automationId, contactId, outcome, ...query },
) => {
  const about = contactId && ((await findKeptId(tx, tenantId, contactId)) ?? contactId);
  const matches = and(
    eq(statusFirings.tenantId, tenantId),
    automationId ? eq(statusFirings.automationId, automationId) : undefined,
    about ? eq(statusFirings.contactId, about) : undefined,
    outcome ? eq(statusFirings.outcome, outcome) : undefined,
  );
  const [counted] = await tx.select({ total: count() }).from(statusFirings).where(matches);
  const way = query.sortOrder === 'asc' ? asc : desc;
  const { firstName, lastName, phone, email } = contacts;
  const rows = await tx
    .select({ firing: statusFirings, named: { firstName, lastName, phone, email } })
    .from(statusFirings)
    .innerJoin(contacts, eq(contacts.id, statusFirings.contactId))
    .where(matches)
    .orderBy(way(statusFirings.at), way(statusFirings.id))
    .limit(query.limit)
    .offset(offsetOf(query));
  const data = rows.map(({ firing: { tenantId: _tenant, ...shown }, named }) => ({
    ...shown,
    contactName: contactDisplayName(named),
  }));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};
