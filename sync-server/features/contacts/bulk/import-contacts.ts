import { sql } from 'drizzle-orm';
import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import type { ImportRow } from '../../../../shared/imports/import-operations.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { findMembers } from '../../auth/user-read-model.ts';
import { contactKeys } from '../contact-keys.ts';
import { wholeFields } from '../contact-fields.ts';
import { linkTags } from '../tags/tag-contacts.ts';
import { planImport, type Known, type Planned } from './plan-import.ts';

type Batch = { importId: string; rows: readonly ImportRow[]; duplicates: 'merge' | 'skip' };
type Outcome = { created: number; updated: number; skipped: number; problems: { row: number; reason: string }[] };

/** Takes one batch of an import into the contacts of the act's tenant: a handful of statements, however many rows. */
export async function importContacts(act: Act, { importId, rows, duplicates }: Batch): Promise<Outcome> {
  const owners = new Set(rows.flatMap(({ fields }) => fields.ownerId ?? []));
  const members = await findMembers(act.tx, act.tenantId, [...owners]);
  const known = await lockTwins(act, rows);
  const plan = planImport(rows, known, { duplicates, members, whole: wholeFields, newId: () => act.newId() });
  await insertContacts(act, importId, plan.create);
  await updateContacts(act, importId, known, plan.update);
  await linkTags(act, plan.links);
  const { created, updated, skipped, problems } = plan;
  act.audit({
    action: 'contacts.importBatch',
    entity: 'import',
    entityId: importId,
    after: { created, updated, skipped, contactIds: plan.create.map(({ id }) => id) },
  });
  if (plan.create.length) await act.publish({ type: 'contacts.added', contactIds: plan.create.map(({ id }) => id) });
  if (plan.update.length)
    await act.publish({ type: 'contacts.readdressed', contactIds: plan.update.map(({ id }) => id) });
  return { created, updated, skipped, problems };
}

/**
 * The oldest contact with each phone and each e-mail of the rows, oldest first, locked until the batch is done.
 * One index look-up each, on purpose (`lateral … limit`): a table that just grew has old statistics, and the planner would
 * else read all contacts of the tenant for every batch.
 */
async function lockTwins({ tx, tenantId }: Act, rows: readonly ImportRow[]): Promise<Known[]> {
  const phones = rows.flatMap(({ fields }) => fields.phone ?? []);
  const emails = rows.flatMap(({ fields }) => fields.email?.toLowerCase() ?? []);
  const found = await tx.execute<{ id: string } & ContactFields>(sql`
    select id, first_name as "firstName", last_name as "lastName", company, email, phone, lead_score as "leadScore",
      lead_status as "leadStatus", owner_id as "ownerId", source, locale, timezone, attributes
    from contacts
    where id in (
      select twin.id from unnest(${sql.param(phones)}::text[]) as given, lateral (
        select id from contacts where tenant_id = ${tenantId} and phone = given order by created_at, id limit 1) as twin
      union
      select twin.id from unnest(${sql.param(emails)}::text[]) as given, lateral (
        select id from contacts where tenant_id = ${tenantId} and lower(email) = given order by created_at, id limit 1) as twin
    )
    order by created_at, id
    for update`);
  return found.rows.map(({ id, ...fields }) => ({ id, fields }));
}

const toRecord = ({ id, fields: f }: Planned) => {
  const { nameKey, search } = contactKeys(f);
  return [
    id,
    f.firstName,
    f.lastName,
    f.company,
    f.email,
    f.phone,
    f.leadScore,
    f.leadStatus,
    f.ownerId,
    f.source,
    f.locale,
    f.timezone,
    f.attributes,
    nameKey,
    search,
  ];
};

/** The rows of `contacts` as a table to select from. Arrays of cells are smaller and faster to read than objects. */
const recordsOf = (contacts: readonly Planned[]) => sql`(
  select (r->>0)::uuid as id, r->>1 as first_name, r->>2 as last_name, r->>3 as company, r->>4 as email, r->>5 as phone,
    (r->>6)::int as lead_score, r->>7 as lead_status, (r->>8)::uuid as owner_id, r->>9 as source, r->>10 as locale,
    r->>11 as timezone, nullif(r->12, 'null') as attributes, r->>13 as name_key, r->>14 as search
  from jsonb_array_elements(${JSON.stringify(contacts.map(toRecord))}::jsonb) as r)`;

async function insertContacts(
  { tx, tenantId, now }: Act,
  importId: string,
  created: readonly Planned[],
): Promise<void> {
  if (!created.length) return;
  const at = new Date(now).toISOString();
  await tx.execute(sql`
    insert into contacts (id, tenant_id, first_name, last_name, company, email, phone, lead_score, lead_status, owner_id,
      source, locale, timezone, attributes, name_key, search, import_id, created_at, updated_at)
    select id, ${tenantId}::uuid, first_name, last_name, company, email, phone, lead_score, lead_status, owner_id,
      source, locale, timezone, attributes, name_key, search, ${importId}::uuid, ${at}::timestamptz, ${at}::timestamptz
    from ${recordsOf(created)} as r`);
}

/**
 * Contacts made by this very import keep their first `updated_at`: they count as untouched when the import is undone.
 * What changed in each goes to the audit log at the row's own time, as an edit by hand would.
 */
async function updateContacts(act: Act, importId: string, known: readonly Known[], updated: readonly Planned[]) {
  if (!updated.length) return;
  const { tx, tenantId, userId, deviceId, now } = act;
  const earlier = new Map(known.map(({ id, fields }) => [id, fields]));
  const sides = updated.map(({ id, fields }) => [act.newId(), id, ...changesOf(earlier.get(id), fields)]);
  await tx.execute(sql`
    with changed as (
      update contacts c set first_name = r.first_name, last_name = r.last_name, company = r.company, email = r.email,
        phone = r.phone, lead_score = r.lead_score, lead_status = r.lead_status, owner_id = r.owner_id, source = r.source,
        locale = r.locale, timezone = r.timezone, attributes = r.attributes, name_key = r.name_key, search = r.search,
        updated_at = case when c.import_id = ${importId}::uuid and c.updated_at = c.created_at
          then c.updated_at else ${nextUpdatedAtSql(now, sql`c.updated_at`)} end
      from ${recordsOf(updated)} as r where c.id = r.id
      returning c.id, c.updated_at
    )
    insert into audit_log (id, tenant_id, user_id, device_id, action, entity, entity_id, before, after, at)
    select (s->>0)::uuid, ${tenantId}::uuid, ${userId}::uuid, ${deviceId}::uuid, 'contacts.import', 'contact', changed.id,
      s->2, s->3, changed.updated_at
    from jsonb_array_elements(${JSON.stringify(sides)}::jsonb) as s join changed on changed.id = (s->>1)::uuid`);
}

/** The fields that differ, as they were and as they become. */
function changesOf(before: ContactFields | undefined, after: ContactFields): [object, object] {
  const keys = (Object.keys(after) as (keyof ContactFields)[]).filter(
    (key) => !isSameValue(before?.[key] ?? null, after[key]),
  );
  return [
    Object.fromEntries(keys.map((key) => [key, before?.[key] ?? null])),
    Object.fromEntries(keys.map((key) => [key, after[key]])),
  ];
}

/**
 * Deletes up to `limit` contacts that an import made and nobody has touched since: not edited, and without notes,
 * conversations or tags given after `until`, when the import last moved. 0 means that all that are left are to stay.
 */
export async function deleteUntouched(
  { tx, tenantId }: Act,
  { importId, until, limit }: { importId: string; until: number; limit: number },
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from contacts where id in (
      select c.id from contacts c
      where c.import_id = ${importId} and c.tenant_id = ${tenantId} and c.updated_at = c.created_at
        and not exists (select from notes n where n.contact_id = c.id)
        and not exists (select from conversations v where v.contact_id = c.id)
        and not exists (select from contact_visits v where v.contact_id = c.id)
        and not exists (select from contact_merges m where m.kept_id = c.id)
        and not exists (select from group_members g
          where g.contact_id = c.id and g.created_at > ${new Date(until).toISOString()}::timestamptz)
        and not exists (select from contact_tags t
          where t.contact_id = c.id and t.created_at > ${new Date(until).toISOString()}::timestamptz)
      limit ${limit} for update)`);
  return rowCount ?? 0;
}

export async function countImported({ tx, tenantId }: Act, importId: string): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from contacts where import_id = ${importId} and tenant_id = ${tenantId}`,
  );
  return rows[0]?.n ?? 0;
}
