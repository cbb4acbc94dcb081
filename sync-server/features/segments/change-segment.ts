import { eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { isSameValue } from '../../../shared/kernel/same-value.ts';
import type * as operations from '../../../shared/segments/segment-operations.ts';
import { EVERYBODY } from '../../../shared/segments/segment.ts';
import type { Act, Verb } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { assertNamesOwn, countContacts, ruleToCondition, segmentContext } from './segment-read-model.ts';
import {
  assertNoCycle,
  dropMembers,
  freezeMembers,
  keepMembers,
  lockSegment,
  readMeaning,
  toSegment,
} from './segment-store.ts';
import { segments } from './segment-table.ts';

export const createSegment: Verb<typeof operations.createSegment> = async (act, input) => {
  const { id: givenId, name, description, ...given } = input;
  const said = readMeaning(given);
  const [rule, kind] = [said.rule ?? EVERYBODY, said.kind ?? 'dynamic'];
  const { tx, tenantId, userId, now } = act;
  const id = givenId ?? act.newId<'segment'>();
  await assertNamesOwn(act, rule);
  await assertNoCycle(act, id, rule);
  const row = { id, tenantId, name, description, kind, rule, createdById: userId, createdAt: now, updatedAt: now };
  const made = await tx.insert(segments).values(row).onConflictDoNothing().returning({ id: segments.id });
  if (made.length === 0) throw new AppError('conflict', 'A segment with this id exists already. Nothing was changed.');
  const contacts =
    kind === 'static'
      ? await freezeMembers(act, id, rule)
      : await countContacts(act, ruleToCondition(rule, await segmentContext(act)));
  act.audit({
    action: 'segments.create',
    entity: 'segment',
    entityId: id,
    after: { name, description, kind, rule },
    undo: { name: 'segments.delete', input: { id } },
  });
  return { id, contacts };
};

const CHANGEABLE = ['name', 'description', 'kind', 'rule'] as const;

export const updateSegment: Verb<typeof operations.updateSegment> = async (act, input) => {
  const { id, name, description, createdById: _by, createdAt: _at, ...given } = input;
  const said = readMeaning(given);
  const row = await lockSegment(act, id);
  const next = {
    name: name ?? row.name,
    description: description === undefined ? row.description : description,
    kind: said.kind ?? row.kind,
    rule: said.rule ?? row.rule,
  };
  const changed = CHANGEABLE.filter((field) => !isSameValue(next[field], row[field]));
  // A desktop sends the whole of a segment to rename it; members stay who they are then.
  const isAsked = said.rule !== null && changed.length === 0;
  const freezes = next.kind === 'static' && (isAsked || changed.includes('rule') || changed.includes('kind'));
  if (changed.length === 0 && !freezes) return { id };
  if (said.rule) {
    await assertNamesOwn(act, said.rule, toSegment(row).rule);
    await assertNoCycle(act, id, said.rule);
  }
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  const actId = act.newId();
  const endsMembers = freezes || changed.includes('kind');
  if (endsMembers) await keepMembers(act, actId, id);
  await act.tx
    .update(segments)
    .set({ ...next, updatedAt })
    .where(eq(segments.id, id));
  if (freezes) await freezeMembers(act, id, next.rule);
  else if (endsMembers) await dropMembers(act, id);
  const pick = (from: typeof next) => Object.fromEntries(changed.map((field) => [field, from[field]]));
  act.audit({
    id: actId,
    action: 'segments.update',
    entity: 'segment',
    entityId: id,
    before: pick(row),
    after: pick(next),
    undo: endsMembers
      ? { name: 'segments.putBack', input: { actId, row } }
      : { name: 'segments.update', input: { id, ...pick(row) } },
    at: updatedAt,
  });
  return { id };
};

/** Small things of the workspace that hold rules, by what their kind is called. */
type User = { kind: string; name: string };

export const deleteSegment: Verb<typeof operations.deleteSegment> = async (act, { id }) => {
  const row = await lockSegment(act, id);
  const usedBy = await listUsers(act, id);
  if (usedBy.length > 0)
    throw new AppError(
      'conflict',
      `“${row.name}” is used by ${usedBy.map(({ name }) => `“${name}”`).join(', ')}. Nothing was deleted. Change them first.`,
      { usedBy },
    );
  const actId = act.newId();
  await keepMembers(act, actId, id);
  await act.tx.delete(segments).where(eq(segments.id, id));
  act.audit({
    id: actId,
    action: 'segments.delete',
    entity: 'segment',
    entityId: id,
    before: { name: row.name, description: row.description, kind: row.kind, rule: row.rule },
    undo: { name: 'segments.putBack', input: { actId, row } },
  });
  return { id };
};

/** Whatever of the workspace refers to the segment: its items carry their rules. */
async function listUsers({ tx, tenantId }: Act, id: string): Promise<User[]> {
  const { rows } = await tx.execute<User>(sql`
    select i.kind, coalesce(i.body ->> 'name', i.kind) as name from workspace_items i
    where i.tenant_id = ${tenantId} and i.id <> ${id} and i.body::text like ${`%${id}%`} order by 1, 2`);
  return rows;
}
