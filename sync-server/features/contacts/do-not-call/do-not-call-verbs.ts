import { sql } from 'drizzle-orm';
import { parsePhoneEntry } from '../../../../shared/contacts/contact-entry.ts';
import type * as operations from '../../../../shared/contacts/do-not-call-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Verb } from '../../../db/act.ts';
import { offsetOf } from '../../../db/page.ts';
import { unmark } from './import-numbers.ts';
import { markNotToCall } from './mark-not-to-call.ts';

export const listDoNotCall: Verb<typeof operations.listDoNotCall> = async ({ tx, tenantId }, query) => {
  const digits = (query.search ?? '').replace(/\D/g, '');
  const matches = sql`d.tenant_id = ${tenantId} and d.phone like ${`%${digits}%`}`;
  const order = query.sortBy === 'phone' ? sql`d.phone` : sql`d.added_at`;
  const direction = query.sortBy === 'phone' ? sql.raw(query.sortOrder) : sql.raw('desc');
  const { rows: counted } = await tx.execute<{ total: number }>(
    sql`select count(*)::int as total from dnc_numbers d where ${matches}`,
  );
  const { rows } = await tx.execute<{ phone: string; addedAt: number; contacts: number }>(sql`
    select d.phone, (extract(epoch from d.added_at) * 1000)::float8 as "addedAt",
      (select count(*)::int from contacts c where c.tenant_id = d.tenant_id and c.phone = d.phone) as contacts
    from dnc_numbers d where ${matches} order by ${order} ${direction}, d.phone
    limit ${query.limit} offset ${offsetOf(query)}`);
  return { data: rows, page: query.page, limit: query.limit, total: counted[0]?.total ?? 0 };
};

export const addDoNotCall: Verb<typeof operations.addDoNotCall> = async (act, { phone: typed }) => {
  const { tx, tenantId, now } = act;
  const { rows } = await tx.execute<{ country: string }>(sql`select country from tenants where id = ${tenantId}`);
  const entry = parsePhoneEntry(typed, rows[0]?.country ?? 'US');
  if (!entry.ok || !entry.value)
    throw new AppError('invalid_input', entry.ok ? 'There is no number. Nothing was changed.' : entry.message, {
      fields: { phone: entry.ok ? 'There is no number.' : entry.message },
    });
  const phone = entry.value;
  const added = await tx.execute(sql`
    insert into dnc_numbers (tenant_id, phone, added_at) values (${tenantId}, ${phone}, ${new Date(now).toISOString()})
    on conflict do nothing`);
  const contacts = await markNotToCall(act, sql`c.phone = ${phone}`);
  if (added.rowCount || contacts)
    act.audit({ action: 'doNotCall.add', entity: 'phone', entityId: null, after: { phone }, records: contacts });
  return { phone, contacts };
};

export const removeDoNotCall: Verb<typeof operations.removeDoNotCall> = async (act, { phone }) => {
  const gone = await act.tx.execute<{ phone: string; at: string }>(sql`
    delete from dnc_numbers where tenant_id = ${act.tenantId} and phone = ${phone} returning phone, added_at::text as at`);
  if (!gone.rows.length) throw new AppError('not_found', 'This number is not on the list. Nothing was changed.');
  const contacts = await unmark(act, gone.rows);
  act.audit({ action: 'doNotCall.remove', entity: 'phone', entityId: null, before: { phone }, records: contacts });
  return { phone, contacts };
};
