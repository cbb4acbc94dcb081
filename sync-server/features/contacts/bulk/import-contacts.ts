import { inArray, sql, type SQL } from 'drizzle-orm';
import type { DuplicateRule } from '../../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import type { Act } from '../../../db/act.ts';
import { findMembers } from '../../auth/user-read-model.ts';
import { findStatuses } from '../../statuses/status-read-model.ts';
import { contacts } from '../contact-table.ts';
import { joinGroups } from '../groups/join-groups.ts';
import { linkFirstTags, linkTags, prepareLinks } from '../tags/tag-contacts.ts';
import { recordImported } from './import-consents.ts';
import { IMPORTED_COLUMNS, type ImportedFields, type Planned } from './imported-contact.ts';
import { planImport, type ImportPlan } from './plan-import.ts';
import { insertContacts, updateContacts } from './store-imported.ts';

type Batch = { importId: string; rows: readonly ImportRow[]; duplicates: DuplicateRule };
type Outcome = { created: number; updated: number; skipped: number; problems: { row: number; reason: string }[] };

/** Takes one batch of an import into the contacts of the act's tenant: a handful of statements, however many rows. */
export async function importContacts(act: Act, { importId, rows, duplicates }: Batch): Promise<Outcome> {
  const known = await lockTwins(act, rows);
  const setup = await readSetup(act, rows);
  const plan = planImport(rows, known, { ...setup, duplicates, now: act.now, newId: () => act.newId() });
  await act.inHistory({ cause: { kind: 'import', id: importId } }, () => store(act, importId, known, plan));
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

async function store(act: Act, importId: string, known: readonly Planned[], plan: ImportPlan): Promise<void> {
  const isNew = new Set(plan.create.map(({ id }) => id));
  // While the database takes the contacts we make the ids of their links.
  const inserted = insertContacts(act, importId, plan.create);
  inserted.catch(() => undefined);
  await new Promise(setImmediate);
  const first = prepareLinks(
    act,
    plan.links.filter(({ contactId }) => isNew.has(contactId)),
  );
  await inserted;
  await updateContacts(act, importId, known, plan.update);
  await linkFirstTags(act, first);
  await linkTags(
    act,
    plan.links.filter(({ contactId }) => !isNew.has(contactId)),
  );
  await joinGroups(act, plan.members);
  await recordImported(act, importId, plan);
}

/** Those of the rows' people, statuses, stages and pages that contacts can be given; they stay so until the batch is done. */
async function readSetup({ tx, tenantId }: Act, rows: readonly ImportRow[]) {
  const named = (of: (row: ImportRow) => string | null | undefined) => [
    ...new Set(rows.flatMap((row) => of(row) ?? [])),
  ];
  const owners = named(({ fields }) => fields.ownerId);
  const statuses = named(({ fields }) => fields.leadStatus);
  const own = async (table: SQL, ids: string[]) => {
    if (!ids.length) return new Set<string>();
    const found = await tx.execute<{ id: string }>(sql`
      select id from ${table} where tenant_id = ${tenantId} and id = any(${sql.param(ids)}::uuid[]) for key share`);
    return new Set(found.rows.map(({ id }) => id));
  };
  const known = statuses.length ? await findStatuses(tx, tenantId) : null;
  return {
    members: await findMembers(tx, tenantId, owners),
    statuses: new Set(statuses.filter((key) => known?.get(key)?.isActive)),
    stages: await own(
      sql`stages`,
      named(({ stageId }) => stageId),
    ),
    pages: await own(
      sql`facebook_pages`,
      named(({ fields }) => fields.facebookPageId),
    ),
  };
}

/**
 * The oldest contact with each phone and each e-mail of the rows, and whoever has their ids of other channels, oldest first, locked
 * until the batch is done. One index look-up each, on purpose (`lateral … limit`): a table that just grew has old statistics, and
 * the planner would else read all contacts of the tenant for every batch. Ordered by both at once, for the same reason: an index by age
 * would be walked for each row until somebody has its number.
 */
async function lockTwins({ tx, tenantId }: Act, rows: readonly ImportRow[]): Promise<Planned[]> {
  const said = (of: (fields: ImportRow['fields']) => string | null | undefined) =>
    sql`unnest(${sql.param(rows.flatMap(({ fields }) => of(fields) ?? []))}::text[]) as given`;
  const oldest = (matches: SQL) => sql`lateral (
    select id from contacts where tenant_id = ${tenantId} and ${matches} order by (created_at, id) limit 1) as twin`;
  const found = await tx.execute<{ id: string }>(sql`
    select twin.id from ${said((f) => f.phone)}, ${oldest(sql`phone = given`)}
    union select twin.id from ${said((f) => f.email?.toLowerCase())}, ${oldest(sql`lower(email) = given`)}
    union select id from ${said((f) => f.messengerPsid)} join contacts on tenant_id = ${tenantId} and messenger_psid = given
    union select id from contacts
      where tenant_id = ${tenantId} and id = any(${sql.param(rows.flatMap(({ id }) => id ?? []))}::uuid[])
    union select id from ${said((f) => f.instagramSid)} join contacts on tenant_id = ${tenantId} and instagram_sid = given`);
  if (!found.rows.length) return [];
  const twins = await tx
    .select()
    .from(contacts)
    .where(
      inArray(
        contacts.id,
        found.rows.map(({ id }) => id),
      ),
    )
    .orderBy(contacts.createdAt, contacts.id)
    .for('update');
  return twins.map((row) => ({
    id: row.id,
    fields: Object.fromEntries(IMPORTED_COLUMNS.map(([field]) => [field, row[field]])) as unknown as ImportedFields,
  }));
}
