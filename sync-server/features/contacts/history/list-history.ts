import { sql, type SQL } from 'drizzle-orm';
import type { listHistory as operation } from '../../../../shared/contacts/history-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { findContact } from '../contact-read-model.ts';
import { contactNotFound } from '../contact-store.ts';
import { sourcesOf } from './history-sources.ts';
import { toEntry, type Row } from './history-entry.ts';

/** Changes, consents, visits, merges and the beginning of a contact, newest first, page by page: what comes in between moves no page. */
export const listHistory: Verb<typeof operation> = async (act, { id, before, limit, fields }) => {
  const { tx, tenantId } = act;
  const contact = await findContact(tx, tenantId, id);
  if (!contact) throw contactNotFound();
  await act.storeAudit();
  const from = before === undefined ? null : readKey(before);
  const sources = sourcesOf({ tenantId, contactId: contact.id }, fields ?? null);
  const rows = await readRows(act, sources, from, limit + 1);
  const entries = rows.slice(0, limit).map(toEntry);
  const last = rows[limit - 1];
  return { entries, next: rows.length > limit && last ? `${new Date(last.at).getTime()}_${last.key}` : null };
};

type Key = { at: string; key: string };

async function readRows({ tx }: Act, sources: SQL[], from: Key | null, limit: number): Promise<Row[]> {
  const beyond = from
    ? sql`where h.at <= ${from.at}::timestamptz and (h.at, h.key collate "C") < (${from.at}::timestamptz, ${from.key}::text collate "C")`
    : sql``;
  const parts = sources.map(
    (source) =>
      sql`(select * from (${source}) h(at, key, tenant_id, source, field, before, after, user_id, device_id, cause, note, details) ${beyond} order by h.at desc, h.key collate "C" desc limit ${limit})`,
  );
  const { rows } = await tx.execute<Row>(sql`
    select h.*, u.name as "userName", d.name as "deviceName"
    from (${sql.join(parts, sql` union all `)}) h
    left join users u on u.id = h.user_id and u.tenant_id = h.tenant_id
    left join devices d on d.id = h.device_id and d.user_id = h.user_id
    order by h.at desc, h.key collate "C" desc limit ${limit}`);
  return rows;
}

function readKey(text: string): Key {
  const [, at, key] = /^(\d{1,15})_([a-z0-9-]{1,60})$/.exec(text) ?? [];
  if (!at || !key || Number(at) > 253_402_300_799_999)
    throw new AppError('invalid_input', '`before` is the `next` of an earlier page. Nothing was read.');
  return { at: new Date(Number(at)).toISOString(), key };
}
