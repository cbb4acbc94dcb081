import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { contactFields } from '../../../shared/contacts/contact.ts';
import type { FieldValues, MetEntity } from '../../../shared/merges/met-change.ts';
import type { Act } from '../../db/act.ts';
import { auditLog } from '../../db/audit/audit-log-table.ts';
import { findMeeting, type Change, type Told } from './find-meeting.ts';
import { uniteObject } from './unite-object.ts';
import { metChanges } from './met-change-table.ts';

type Edit = {
  entity: MetEntity;
  entityId: string;
  contactId: string;
  knownAs?: string;
  values: FieldValues;
  updatedAt: number;
};

const FIELDS: Record<MetEntity, ReadonlySet<string>> = {
  contact: new Set(Object.keys(contactFields.shape)),
  note: new Set(['body']),
};

const attributesField = contactFields.shape.attributes;

/** Later than this Postgres and the audit log know no instants. */
const LAST_INSTANT = Date.UTC(9999, 0);

/**
 * Notes what an edit meets: what others changed since the row was as the editor's device knew it. Called with the row locked,
 * so that everything up to now is in the audit log. An edit without a basis (over REST, in bulk) meets nothing.
 * Answers the values to be written: a device sends the own fields of a contact whole, and only those that were edited are meant.
 */
export async function recordMeeting(act: Act, edit: Edit): Promise<FieldValues> {
  const { tx, tenantId, userId, deviceId, now, newId, madeOn } = act;
  const { entity, entityId, contactId, knownAs = entityId, values: mine, updatedAt } = edit;
  const basis = madeOn?.basedOn[entityId] ?? madeOn?.basedOn[knownAs];
  // Nothing is newer than what the device knew: by far the most edits.
  if (!madeOn || basis === undefined || updatedAt <= basis) return mine;
  const since = Math.min(Math.max(basis, 0), LAST_INSTANT);
  const changes = await listChanges(act, edit, since);
  if (!changes.some(({ isOwn }) => !isOwn)) return mine;
  const { values, meets } = unite(mine, changes);
  const { meeting, carriedOn } = findMeeting(meets, changes, await listTold(act, entityId, since));
  for (const { id, values: carried } of carriedOn)
    await tx
      .update(metChanges)
      .set({ mine: sql`${metChanges.mine} || ${JSON.stringify(carried)}::jsonb` })
      .where(eq(metChanges.id, id));
  if (!meeting) return values;
  // For display only, and never outside what is possible: a device's clock may be years off.
  const mineMadeAt = Math.min(Math.max(madeOn.madeAt, since), Math.max(now, since));
  const byWhom = { mineById: userId, deviceId, mineMadeAt };
  await tx.insert(metChanges).values({
    id: newId(),
    tenantId,
    entity,
    entityId,
    contactId,
    mine: values,
    ...meeting,
    ...byWhom,
    createdAt: now,
  });
  return values;
}

/** What is written, and what of it may have met what others did. */
function unite(mine: FieldValues, changes: readonly Change[]): { values: FieldValues; meets: FieldValues } {
  const { attributes, ...others } = mine;
  const ofThem = changes.filter(({ after }) => 'attributes' in after);
  const [first, last] = [ofThem.at(0), ofThem.at(-1)];
  if (attributes === undefined || !first || !last) return { values: mine, meets: mine };
  const { value, isMet } = uniteObject(
    asObject(first.before['attributes']),
    asObject(attributes),
    asObject(last.after['attributes']),
  );
  const values = { ...mine, attributes: value };
  return { values, meets: isMet ? values : others };
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> | null => attributesField.parse(value ?? null);

async function listChanges(act: Act, edit: Edit, since: number): Promise<Change[]> {
  const { entity, entityId } = edit;
  const { userId, deviceId, at, before, after } = auditLog;
  await act.storeAudit();
  const rows = await act.tx
    .select({ userId, deviceId, at, before, after })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.tenantId, act.tenantId),
        eq(auditLog.entity, entity),
        eq(auditLog.entityId, entityId),
        gt(auditLog.at, since),
      ),
    )
    .orderBy(asc(auditLog.at));
  const all = entity === 'contact' ? [...rows, ...(await listOfMany(act, entityId, since))] : rows;
  return all
    .toSorted((a, b) => a.at - b.at)
    .map((row) => ({
      isOwn: row.deviceId !== null && row.deviceId === act.deviceId && row.userId === act.userId,
      byId: row.userId,
      at: row.at,
      before: fieldsOf(entity, row.before),
      after: fieldsOf(entity, row.after),
    }));
}

/** Of acts on many contacts at once the audit log says but what they did; what this one had before is in its history. */
async function listOfMany({ tx }: Act, contactId: string, since: number) {
  const { rows } = await tx.execute<{
    userId: string | null;
    deviceId: string | null;
    at: Date;
    field: string;
    before: unknown;
    after: unknown;
  }>(sql`
    select user_id as "userId", device_id as "deviceId", at, field, before, after from contact_changes c
    where contact_id = ${contactId} and at > ${new Date(since).toISOString()}::timestamptz and act_id is not null
      and not exists (select from audit_log a where a.id = c.act_id and a.entity_id = c.contact_id)
    order by at, id`);
  return rows.map(({ at, field, before, after, ...by }) => ({
    ...by,
    at: new Date(at).getTime(),
    before: { [field]: before },
    after: { [field]: after },
  }));
}

const fieldsOf = (entity: MetEntity, values: unknown): FieldValues =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([field]) => FIELDS[entity].has(field)));

async function listTold({ tx, deviceId }: Act, entityId: string, since: number): Promise<Told[]> {
  if (deviceId === null) return [];
  const { id, theirs, theirsAt, resolvedAt } = metChanges;
  const rows = await tx
    .select({ id, theirs, theirsAt, resolvedAt })
    .from(metChanges)
    .where(and(eq(metChanges.entityId, entityId), eq(metChanges.deviceId, deviceId), gt(metChanges.theirsAt, since)));
  return rows.map((row) => ({
    id: row.id,
    theirs: row.theirs,
    theirsAt: row.theirsAt,
    isOpen: row.resolvedAt === null,
  }));
}
