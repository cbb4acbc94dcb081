import { sql, type SQL } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { isPassingError } from '../../../db/database-error.ts';
import { inTime } from '../../../db/in-time.ts';
import { inSavepoint } from '../../../db/tx.ts';
import type { ContactMover } from '../contact-mover.ts';
import { findStatuses } from '../status-read-model.ts';
import type { AutomationRow } from './automation-table.ts';
import { noteFirings, type Met } from './firing-log.ts';
import { conditionsAt, type ToCondition } from './meet-conditions.ts';

/** What automations of one transaction know: the statuses, what conditions refer to, and whom to tell of faults. */
export type Ground = {
  act: Act;
  mover: ContactMover;
  statuses: Awaited<ReturnType<typeof findStatuses>>;
  toCondition: ToCondition;
  onFault: OnFault;
};
export type OnFault = (error: unknown, automationId: string) => void;

export const groundOf = async (act: Act, mover: ContactMover, onFault: OnFault): Promise<Ground> => ({
  act,
  mover,
  onFault,
  statuses: await findStatuses(act.tx, act.tenantId),
  toCondition: await conditionsAt(act.tx, act.tenantId, act.now),
});

/** That it would lead back, and the act on many contacts that it follows. */
type Way = { isCircle?: boolean; actId?: string | null };

const UNMET = 'Its conditions do not hold for this contact.';

/**
 * One automation comes to contacts that all have the status `from`. Answers who was moved, and who is left to others;
 * every one of them is noted. What goes wrong in it stays in it: its contacts are noted as failed, and whatever comes next goes on.
 */
export async function moveContacts(
  ground: Ground,
  automation: AutomationRow,
  from: string,
  met: readonly Met[],
  way: Way = {},
): Promise<{ moved: string[]; unmet: Met[] }> {
  const { act } = ground;
  try {
    return await inSavepoint(act.tx, () => attempt(ground, automation, from, met, way));
  } catch (error) {
    if (isPassingError(error)) throw error;
    ground.onFault(error, automation.id);
    await noteFirings(
      act,
      automation,
      met,
      'failed',
      'It could not be carried out: its conditions cannot be read or compared.',
    );
    return { moved: [], unmet: met.slice() };
  }
}

async function attempt(
  { act, mover, statuses, toCondition }: Ground,
  automation: AutomationRow,
  from: string,
  met: readonly Met[],
  { isCircle = false, actId }: Way,
): Promise<{ moved: string[]; unmet: Met[] }> {
  const meeting = await whoMeets(act, met, toCondition(automation.conditions));
  const meets = met.filter(({ contactId }) => meeting.has(contactId));
  const unmet = met.filter(({ contactId }) => !meeting.has(contactId));
  await noteFirings(act, automation, unmet, 'skipped', UNMET);
  const target = statuses.get(automation.targetStatus);
  if (isCircle || !target?.isActive) {
    const reason = isCircle
      ? `It would go round in a circle: the contact had “${target?.name ?? automation.targetStatus}” before on the same way.`
      : `The status “${target?.name ?? automation.targetStatus}” ${target ? 'is not in use any more' : 'does not exist any more'}.`;
    await noteFirings(act, automation, meets, isCircle ? 'stopped' : 'skipped', reason);
    return { moved: [], unmet: isCircle ? unmet : met.slice() };
  }
  const moved = new Set(
    meets.length
      ? await act.inHistory({ cause: { kind: 'automation', id: automation.id }, ...(actId ? { actId } : {}) }, () =>
          mover.giveStatus(act, { ids: meets.map((one) => one.contactId), from, to: target.key }),
        )
      : [],
  );
  await noteFirings(
    act,
    automation,
    meets.filter(({ contactId }) => moved.has(contactId)),
    'moved',
    null,
  );
  return { moved: [...moved], unmet };
}

async function whoMeets({ tx, tenantId }: Act, met: readonly Met[], condition: SQL): Promise<Set<string>> {
  const ids = met.map(({ contactId }) => contactId);
  const { rows } = await inTime(tx, () =>
    tx.execute<{ id: string }>(sql`
      select c.id from contacts c where c.tenant_id = ${tenantId} and c.id = any(${sql.param(ids)}::uuid[]) and ${condition}`),
  );
  return new Set(rows.map(({ id }) => id));
}
