import { eq } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type * as operations from '../../../../shared/statuses/automation-operations.ts';
import { findCircle, type ChainLink } from '../../../../shared/statuses/status-chain.ts';
import {
  automationProblems,
  type AutomationFields,
  type StatusAutomation,
} from '../../../../shared/statuses/status-automation.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { lockStatuses } from '../change-status.ts';
import { findStatuses } from '../status-read-model.ts';
import { armAutomation, countDue, type Existing } from './arm-automation.ts';
import { activeAutomations, forgetTimers, holdContacts, lockAutomation } from './automation-store.ts';
import { statusAutomations, type AutomationRow } from './automation-table.ts';
import { conditionsAt } from './meet-conditions.ts';

const EMPTY = {
  fromStatus: null,
  timeValue: null,
  timeUnit: null,
  triggerStatus: null,
  conditions: null,
  isActive: false,
};

export const createAutomation: Verb<typeof operations.createAutomation> = async (
  act,
  { id: givenId, existing, ...given },
) => {
  const { tx, tenantId, now } = act;
  await lockStatuses(act);
  const id = givenId ?? act.newId();
  const fields = await wholeAutomation(act, id, { ...EMPTY, ...(await byKey(act, given)) });
  const row = { ...fields, id, tenantId, createdAt: now, updatedAt: now };
  const [made] = await tx.insert(statusAutomations).values(row).onConflictDoNothing().returning();
  if (!made) throw new AppError('conflict', 'An automation with this id exists already. Nothing was changed.');
  if (made.isActive) await begin(act, made, existing);
  act.audit({
    action: 'statusAutomations.create',
    entity: 'status_automation',
    entityId: id,
    after: fields,
    undo: { name: 'statusAutomations.delete', input: { id } },
  });
  return { id };
};

/** What decides when and whom: one that is changed in it begins anew. */
const DECIDING = [
  'triggerType',
  'fromStatus',
  'timeValue',
  'timeUnit',
  'triggerStatus',
  'targetStatus',
  'isActive',
] as const;

export const updateAutomation: Verb<typeof operations.updateAutomation> = async (act, { id, existing, ...sent }) => {
  const { tx } = act;
  await lockStatuses(act);
  const row = await lockAutomation(act, id);
  const given = await byKey(act, sent);
  const keys = Object.keys(given) as (keyof typeof given)[];
  if (!keys.length) return { id };
  const fields = await wholeAutomation(act, id, { ...row, ...given } as Partial<StatusAutomation>);
  const before = Object.fromEntries(keys.map((key) => [key, row[key]]));
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  const [changed] = await tx
    .update(statusAutomations)
    .set({ ...fields, updatedAt })
    .where(eq(statusAutomations.id, id))
    .returning();
  const next = must(changed, 'automation');
  const beginsAnew = DECIDING.some((key) => !isSameValue(row[key], next[key]));
  if (beginsAnew) await forgetTimers(tx, [id]);
  if (beginsAnew && next.isActive) await begin(act, next, existing);
  act.audit({
    action: 'statusAutomations.update',
    entity: 'status_automation',
    entityId: id,
    before,
    after: given,
    // Whoever takes it back does not mean to move anybody by that.
    undo: { name: 'statusAutomations.update', input: { id, ...before, existing: 'from_now' } },
    at: updatedAt,
  });
  return { id };
};

export const deleteAutomation: Verb<typeof operations.deleteAutomation> = async (act, { id }) => {
  const { tenantId: _tenant, createdAt: _created, updatedAt: _updated, ...row } = await lockAutomation(act, id);
  await act.tx.delete(statusAutomations).where(eq(statusAutomations.id, id));
  act.audit({
    action: 'statusAutomations.delete',
    entity: 'status_automation',
    entityId: id,
    before: { name: row.name },
    undo: { name: 'statusAutomations.create', input: { ...row, existing: 'from_now' } },
  });
  return { id };
};

/** Statuses that were named by id, by key. Throws `not_found` for an id that is nobody’s here. */
async function byKey(
  { tx, tenantId }: Act,
  { fromStatusId, triggerStatusId, targetStatusId, ...fields }: Partial<AutomationFields>,
): Promise<Partial<StatusAutomation>> {
  const named = { fromStatus: fromStatusId, triggerStatus: triggerStatusId, targetStatus: targetStatusId };
  const keys = Object.entries(named).filter(([, id]) => id !== undefined);
  if (!keys.length) return fields;
  const statuses = [...(await findStatuses(tx, tenantId)).values()];
  const found = keys.map(([field, id]) => {
    const status = statuses.find((one) => one.id === id);
    if (id && !status)
      throw new AppError('not_found', 'A lead status of this automation does not exist. Nothing was changed.');
    return [field, status?.key ?? null];
  });
  return { ...fields, ...(Object.fromEntries(found) as Partial<StatusAutomation>) };
}

/** Throws `invalid_input` unless it is whole, its statuses exist and it closes no circle. */
async function wholeAutomation(
  act: Act,
  id: string,
  given: Partial<StatusAutomation>,
): Promise<StatusAutomation & { targetStatus: string }> {
  const { name, triggerType, fromStatus, timeValue, timeUnit, triggerStatus, targetStatus, conditions, isActive } = {
    ...EMPTY,
    name: '',
    triggerType: 'TIME_BASED' as const,
    targetStatus: null,
    ...given,
  };
  const one = { name, triggerType, fromStatus, timeValue, timeUnit, triggerStatus, targetStatus, conditions, isActive };
  const problems = automationProblems(one);
  const statuses = await findStatuses(act.tx, act.tenantId);
  for (const field of ['fromStatus', 'triggerStatus', 'targetStatus'] as const) {
    const key = one[field];
    const status = key === null ? null : statuses.get(key);
    if (status === undefined) problems[field] ??= `There is no lead status “${key}”`;
    else if (status && !status.isActive && isActive && field === 'targetStatus')
      problems[field] ??= `The status “${status.name}” is not in use any more`;
  }
  const [problem] = Object.values(problems);
  if (problem) throw new AppError('invalid_input', `${problem}. Nothing was changed.`, { fields: problems });
  if (isActive && triggerStatus)
    await assertNoCircle(act, statuses, { id, triggerStatus, targetStatus: targetStatus ?? '' });
  return { ...one, targetStatus: targetStatus ?? '' };
}

async function assertNoCircle(
  { tx, tenantId }: Act,
  statuses: ReadonlyMap<string, { name: string }>,
  link: ChainLink,
): Promise<void> {
  const links = (await activeAutomations(tx, tenantId)).flatMap(({ id, triggerStatus, targetStatus }) =>
    triggerStatus === null ? [] : [{ id, triggerStatus, targetStatus }],
  );
  const circle = findCircle(links, link);
  if (!circle) return;
  const way = circle.map((key) => `“${statuses.get(key)?.name ?? key}”`).join(' → ');
  throw new AppError(
    'invalid_input',
    `With this automation contacts would go round in a circle: ${way}. Nothing was changed; choose another status or turn one of them off.`,
    { reason: 'circle', circle, fields: { targetStatus: 'Closes a circle' } },
  );
}

/** Gives contacts that have its status their time. Those that are due already are nobody’s to decide for the person who turns it on. */
async function begin(act: Act, automation: AutomationRow, existing: Existing | undefined): Promise<void> {
  if (automation.triggerType !== 'TIME_BASED') return;
  await holdContacts(act);
  if (existing === undefined) {
    const toCondition = await conditionsAt(act.tx, act.tenantId, act.now);
    const due = await countDue(act, automation, toCondition(automation.conditions));
    if (due)
      throw new AppError(
        'conflict',
        `${due} ${due === 1 ? 'contact is' : 'contacts are'} due already and would be moved at once. Nothing was changed; say whether to include them or to begin with those that become due from now on.`,
        { reason: 'due_already', contacts: due, choices: ['include', 'from_now'] },
      );
  }
  await armAutomation(act, automation, existing ?? 'from_now');
}
