import { inArray, sql } from 'drizzle-orm';
import { UNDO_DAYS, type undoAct as operation } from '../../../shared/activity/activity-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { hasScope, scopeOf } from '../../../shared/people/token-scope.ts';
import { hasRole } from '../../../shared/protocol/role.ts';
import type { Act, Verb } from '../../db/act.ts';
import { DAY_MS } from '../../db/prune-table.ts';
import { acts } from './act-table.ts';
import type { Inverses } from './inverse.ts';
import { actNotFound, readDone, takeBack, type Done } from './take-back.ts';
import { assertNotUnderWay, takeBackLater } from './undo-slices.ts';

/** More slices than these are taken back by jobs, each in a transaction of its own: nobody waits for the locks of all of them. */
const INLINE_SLICES = 4;

/**
 * Runs the inverse that was written down with the act, in the name of who undoes it. One’s own acts need no more than what it
 * took to do them; anybody’s take a manager as well. Of an act that came in slices all are taken back, the last first. An undo is an act
 * like others: undoing it does the first one again.
 */
export const undoAct =
  (inverses: Inverses): Verb<typeof operation> =>
  async (act, { id: givenId, anyway }) => {
    await act.storeAudit();
    await assertNotUnderWay(act, givenId);
    const ids = await lockSlices(act, givenId);
    const slices: Done[] = [];
    for (const id of ids) slices.push(await readDone(act, id));
    const done = slices.find(({ id }) => id === givenId) ?? slices[0];
    if (!done) throw actNotFound();
    if (done.userId !== act.userId && !hasRole(act.role, 'MANAGER')) throw actNotFound();
    await assertMay(act, done, inverses);
    assertMayBeUndone(act, done);
    if (!anyway) await assertNotChangedSince(act, done);
    const undoable = slices.filter(({ undo }) => undo && inverses.runs.has(undo.name));
    if (!undoable.length) throw new AppError('not_allowed_now', 'This cannot be taken back. Nothing was changed.');
    const unit = act.madeOn?.writeId ?? act.newId();
    if (undoable.length > INLINE_SLICES) for (const { id } of undoable) await takeBackLater(act, id, unit);
    else for (const slice of undoable) await takeBack(act, inverses, slice, undoable.length > 1 ? unit : null);
    act.audit({ action: 'activity.undo', entity: 'act', entityId: done.id });
    await act.tx.update(acts).set({ undoneAt: act.now }).where(inArray(acts.id, ids));
    const undone = slices.flatMap(({ undoes }) => undoes ?? []);
    if (undone.length) await act.tx.update(acts).set({ undoneAt: null }).where(inArray(acts.id, undone));
    return { id: done.id };
  };

/** Two who undo one act at once: the second waits, and finds it undone. The act itself, or what people know as one with it. */
async function lockSlices({ tx, tenantId }: Act, id: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string; isUndone: boolean }>(sql`
    select a.id, a.undone_at is not null as "isUndone" from acts a
    join (select id, unit, action, entity, user_id from acts where tenant_id = ${tenantId} and (id = ${id} or unit = ${id})
      order by id = ${id} desc, at, id limit 1) one
      on a.id = one.id or (a.unit = one.unit and a.action = one.action and a.entity = one.entity and a.user_id = one.user_id)
    where a.tenant_id = ${tenantId} order by a.at desc, a.id desc for update of a`);
  if (!rows.length) return [id];
  const open = rows.filter(({ isUndone }) => !isUndone);
  if (!open.length)
    throw new AppError('conflict', 'This was taken back already. Nothing was changed.', { reason: 'undone' });
  return open.map((row) => row.id);
}

/** Who may not change a thing may not change it back, and nor may a token that does not reach it. Of an undo it is the first act that counts, whatever took it back. */
async function assertMay({ tx, tenantId, role, token }: Act, { id }: Done, { roles }: Inverses): Promise<void> {
  const { rows } = await tx.execute<{ action: string }>(sql`
    with recursive chain as (
      select id, action, undoes from audit_log where tenant_id = ${tenantId} and id = ${id}
      union all
      select a.id, a.action, a.undoes from chain c join audit_log a on a.id = c.undoes and a.tenant_id = ${tenantId}
    ) select action from chain where undoes is null`);
  const action = rows[0]?.action ?? '';
  const scope = scopeOf({ name: action, kind: 'command' });
  if (token && !(scope && hasScope(token.scopes, scope)))
    throw new AppError('forbidden', `This access token lacks the scope of what was done. Nothing was changed.`, {
      reason: 'scope',
      needed: scope,
      scopes: token.scopes,
    });
  const needed = roles.get(action);
  if (!needed || hasRole(role, needed)) return;
  throw new AppError(
    'forbidden',
    `Your role (${role}) may not take this back; it takes ${needed} or more. Nothing was changed.`,
    { role, needed },
  );
}

function assertMayBeUndone(act: Act, { at }: Done): void {
  if (act.now - new Date(at).getTime() > UNDO_DAYS * DAY_MS)
    throw new AppError(
      'not_allowed_now',
      `Only acts of the last ${UNDO_DAYS} days can be taken back. Nothing was changed.`,
    );
}

/** A later act on the same fields, or on anything of a record that this act made, would be lost with it. */
async function assertNotChangedSince(act: Act, done: Done): Promise<void> {
  const { tx, tenantId } = act;
  // It gives back only what is still its own.
  if (done.undo?.name === 'contacts.unmerge') return;
  const made = done.undo?.name.endsWith('.delete') === true;
  if (!done.entityId || (!made && !done.keys)) return;
  if (done.entity === 'contact') await assertNotMergedSince(act, done.entityId);
  const sameRecord = sql`x.entity = ${done.entity} and x.entity_id = ${done.entityId}`;
  const touched = made
    ? sql`(${sameRecord} or x.contact_id = ${done.entityId})`
    : sql`${sameRecord} and jsonb_typeof(x.after) = 'object' and x.after ?| ${sql.param(done.keys)}::text[]`;
  const { rows } = await tx.execute<{ by: string | null; at: Date }>(sql`
    select u.name as by, x.at from audit_log x left join users u on u.id = x.user_id
    where x.tenant_id = ${tenantId} and (x.at, x.id) > (${new Date(done.at).toISOString()}::timestamptz, ${done.id}) and ${touched}
      and x.undoes is null and not exists (select from acts y where y.id = x.id and y.undone_at is not null)
    order by x.at desc, x.id desc limit 1`);
  const [later] = rows;
  if (!later) return;
  throw changedSince(
    `${later.by ?? 'Somebody'} changed this since. Taking it back would take that back too, so nothing was changed.`,
    later,
  );
}

/** What the contact had before would go to the one that was kept, over what that one has of its own. */
async function assertNotMergedSince({ tx, tenantId }: Act, contactId: string): Promise<void> {
  const { rows } = await tx.execute<{ by: string | null; at: Date }>(sql`
    select u.name as by, m.at from contact_merges m left join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.merged_id = ${contactId} and m.undone_at is null
      and not exists (select from contacts c where c.id = m.merged_id)
    order by m.at desc limit 1`);
  const [merge] = rows;
  if (!merge) return;
  throw changedSince(
    `${merge.by ?? 'Somebody'} merged this contact into another one since. Taking this back would change that one, so nothing was changed.`,
    merge,
  );
}

const changedSince = (message: string, { by, at }: { by: string | null; at: Date }) =>
  new AppError('conflict', message, { reason: 'changed_since', by, at: new Date(at).getTime() });
