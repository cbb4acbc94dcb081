import { and, eq, ne, sql } from 'drizzle-orm';
import { statusKeyOf } from '../../../shared/contacts/contact.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { statusIdOf } from '../../../shared/statuses/lead-status.ts';
import type * as operations from '../../../shared/statuses/status-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { nextUpdatedAt, nextUpdatedAtSql } from '../../db/row-clock.ts';
import { statusNotFound } from './list-statuses.ts';
import { leadStatuses, type StatusRow } from './status-table.ts';

const PLAIN = { description: null, color: '#6b7280', isActive: true, metadata: null };

/** It goes behind the others unless it says where. */
export const createLeadStatus: Verb<typeof operations.createLeadStatus> = async (act, { id: givenId, ...given }) => {
  const { tx, tenantId, now } = act;
  const key = statusKeyOf(given.name);
  const id = givenId ?? statusIdOf(tenantId, key);
  await lockStatuses(act);
  await assertNameIsFree(act, id, given.name);
  const [made] = await tx
    .insert(leadStatuses)
    .values({
      ...PLAIN,
      displayOrder: await nextPlace(act),
      ...given,
      id,
      key,
      tenantId,
      isSystem: false,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: leadStatuses.id });
  if (!made) throw taken(given.name);
  act.audit({
    action: 'leadStatuses.create',
    entity: 'lead_status',
    entityId: id,
    after: { ...given, key },
    undo: { name: 'leadStatuses.delete', input: { id } },
  });
  return { id, key };
};

/** The key stays whatever the name becomes: contacts, rules and other systems hold it. */
export const updateLeadStatus: Verb<typeof operations.updateLeadStatus> = async (
  act,
  { id, key: _key, isSystem: _isSystem, ...sent },
) => {
  await lockStatuses(act);
  const row = await getStatus(act, id);
  if (sent.name !== undefined && sent.name !== row.name) await assertNameIsFree(act, id, sent.name);
  const keys = Object.keys(sent) as (keyof typeof sent)[];
  if (!keys.length) return { id };
  const before = Object.fromEntries(keys.map((one) => [one, row[one]]));
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(leadStatuses)
    .set({ ...sent, updatedAt })
    .where(eq(leadStatuses.id, id));
  act.audit({
    action: 'leadStatuses.update',
    entity: 'lead_status',
    entityId: id,
    before,
    after: sent,
    undo: { name: 'leadStatuses.update', input: { id, ...before } },
    at: updatedAt,
  });
  return { id };
};

export const reorderLeadStatuses: Verb<typeof operations.reorderLeadStatuses> = async (act, { ids }) => {
  const { tx, tenantId, now } = act;
  await lockStatuses(act);
  const rows = await tx
    .select({ id: leadStatuses.id, displayOrder: leadStatuses.displayOrder })
    .from(leadStatuses)
    .where(eq(leadStatuses.tenantId, tenantId))
    .orderBy(leadStatuses.displayOrder, leadStatuses.id);
  const known = new Set(rows.map(({ id }) => id));
  const named = [...new Set(ids)];
  if (named.some((id) => !known.has(id))) throw statusNotFound();
  const order = [...named, ...rows.map(({ id }) => id).filter((id) => !named.includes(id))];
  const { rowCount } = await tx.execute(sql`
    update lead_statuses s set display_order = o.place - 1, updated_at = ${nextUpdatedAtSql(now, sql`s.updated_at`)}
    from unnest(${sql.param(order)}::uuid[]) with ordinality as o(id, place)
    where s.id = o.id and s.tenant_id = ${tenantId} and s.display_order <> o.place - 1`);
  act.audit({
    action: 'leadStatuses.reorder',
    entity: 'lead_status',
    entityId: null,
    before: { ids: rows.map(({ id }) => id) },
    after: { ids: order },
    records: rowCount ?? 0,
    undo: rowCount ? { name: 'leadStatuses.reorder', input: { ids: rows.map(({ id }) => id) } } : null,
  });
  return { changed: rowCount ?? 0 };
};

export async function getStatus({ tx, tenantId }: Act, id: string): Promise<StatusRow> {
  const [row] = await tx
    .select()
    .from(leadStatuses)
    .where(and(eq(leadStatuses.tenantId, tenantId), eq(leadStatuses.id, id)))
    .for('update');
  if (!row) throw statusNotFound();
  return row;
}

/** One change of the set at a time: names, places and automations refer to each other. */
export async function lockStatuses({ tx, tenantId }: Act): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lead statuses ${tenantId}`}, 0))`);
}

const taken = (name: string) =>
  new AppError('conflict', `There is a lead status “${name}” already. Nothing was changed; choose another name.`);

/** Names that would make one key are one name; a key of its own stays taken when its status is renamed. */
async function assertNameIsFree({ tx, tenantId }: Act, id: string, name: string): Promise<void> {
  const others = await tx
    .select({ key: leadStatuses.key, name: leadStatuses.name })
    .from(leadStatuses)
    .where(and(eq(leadStatuses.tenantId, tenantId), ne(leadStatuses.id, id)));
  const key = statusKeyOf(name);
  if (key === '')
    throw new AppError('invalid_input', 'Use at least one letter or digit in the name. Nothing was changed.');
  if (others.some((other) => other.key === key || statusKeyOf(other.name) === key)) throw taken(name);
}

async function nextPlace({ tx, tenantId }: Act): Promise<number> {
  const { rows } = await tx.execute<{ place: number }>(
    sql`select least(coalesce(max(display_order) + 1, 0), 10000) as place from lead_statuses where tenant_id = ${tenantId}`,
  );
  return rows[0]?.place ?? 0;
}
