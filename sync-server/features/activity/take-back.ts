import { sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Act, Inverse } from '../../db/act.ts';
import { quietly } from '../../db/audit/history-actor.ts';
import { inSavepoint } from '../../db/tx.ts';
import { findKeptIds } from '../contacts/merge/alias-read-model.ts';
import type { Inverses } from './inverse.ts';

/** An act of somebody, as the audit log has it. */
export type Done = {
  id: string;
  userId: string | null;
  entity: string;
  entityId: string | null;
  contactId: string | null;
  action: string;
  keys: string[] | null;
  undo: Inverse | null;
  undoes: string | null;
  at: Date;
};

export async function readDone(act: Act, id: string): Promise<Done> {
  const { rows } = await act.tx.execute<Done>(sql`
    select a.id, a.user_id as "userId", a.entity, a.entity_id as "entityId", a.contact_id as "contactId", a.action, a.undo, a.undoes, a.at,
      case when jsonb_typeof(a.after) = 'object' then array(select jsonb_object_keys(a.after)) end as keys
    from audit_log a where a.tenant_id = ${act.tenantId} and a.id = ${id} and a.user_id is not null`);
  const [done] = rows;
  if (!done) throw actNotFound();
  return done;
}

type Undoable = Pick<Done, 'id' | 'undo'>;

export async function takeBack(
  act: Act,
  { runs }: Inverses,
  { id, undo }: Undoable,
  unit: string | null,
): Promise<void> {
  const audit: Act['audit'] = (entry) => act.audit({ ...entry, undoes: id, ...(unit ? { unit } : {}) });
  const run = must(runs.get(undo?.name ?? ''), 'inverse');
  const input = undo && (await withoutMerged(act, undo.input));
  const work = () => quietly(act.tx, () => run({ ...act, audit }, input));
  if (unit === null) await work();
  else await unlessGone(act, work);
}

/** A slice whose contacts are all gone meanwhile has nothing to give back, and keeps the others from nothing. */
async function unlessGone({ tx }: Act, work: () => Promise<unknown>): Promise<void> {
  try {
    await inSavepoint(tx, work);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  }
}

/** Of many contacts those that were merged since are left out: the kept ones may have had before what would be taken from them. */
async function withoutMerged({ tx, tenantId }: Act, input: Inverse['input']): Promise<Inverse['input']> {
  const { contactIds } = input;
  if (!Array.isArray(contactIds) || contactIds.length < 2) return input;
  const ids = contactIds.map(String);
  const merged = await findKeptIds(tx, tenantId, ids);
  if (!merged.size) return input;
  const left = ids.filter((id) => !merged.has(id));
  if (left.length) return { ...input, contactIds: left };
  throw new AppError('not_found', 'All of these contacts were merged into others since. Nothing was changed.');
}

export const actNotFound = () => new AppError('not_found', 'There is no such act of yours. Nothing was changed.');
