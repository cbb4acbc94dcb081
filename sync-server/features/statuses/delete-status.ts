import { eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { deleteLeadStatus as operation } from '../../../shared/statuses/status-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { holdContacts, stopAutomations, startAutomations, usersOf } from './automations/automation-store.ts';
import { getStatus, lockStatuses } from './change-status.ts';
import type { ContactMover } from './contact-mover.ts';
import { AT_ONCE, REMAP } from './remap-contacts.ts';
import { assertStatusCanBeGiven } from './status-read-model.ts';
import { leadStatuses } from './status-table.ts';

/**
 * Automations that use the status are named first, and stopped when it goes: what they are to do instead, a person says.
 * More contacts than one act bears are moved by a job.
 */
export const deleteLeadStatus =
  (mover: ContactMover): Verb<typeof operation> =>
  async (act, { id, remapTo }) => {
    const { tx, tenantId } = act;
    await lockStatuses(act);
    const { key, isSystem, ...row } = await getStatus(act, id);
    if (isSystem)
      throw new AppError(
        'not_allowed_now',
        `“${row.name}” is a status of the product itself and cannot be deleted. Nothing was changed; turn it off instead.`,
        { reason: 'system' },
      );
    const contacts = await countContacts(act, key);
    const automations = await usersOf(act, key);
    if (remapTo === undefined && (contacts || automations.length))
      throw new AppError('conflict', inUse(row.name, contacts, automations), {
        contacts,
        automations: automations.map(({ name }) => name),
      });
    if (remapTo === key)
      throw new AppError('invalid_input', 'Its contacts cannot get the status that is deleted. Nothing was changed.');
    await assertStatusCanBeGiven(act, remapTo);
    const actId = act.newId();
    await stopAutomations(
      act,
      automations.filter(({ isActive }) => isActive).map((one) => one.id),
    );
    await tx.delete(leadStatuses).where(eq(leadStatuses.id, id));
    const move = { from: key, to: remapTo ?? null, until: act.now, actId };
    if (contacts > AT_ONCE) await act.enqueue({ name: REMAP.name, data: { tenantId, name: row.name, ...move } });
    else if (contacts) await mover.replaceStatus(act, { ...move, limit: AT_ONCE });
    act.audit({
      id: actId,
      action: 'leadStatuses.delete',
      entity: 'lead_status',
      entityId: id,
      before: { name: row.name, key },
      after: { remapTo: remapTo ?? null, contacts, automations: automations.map(({ name }) => name) },
      undo: {
        name: 'leadStatuses.putBack',
        input: {
          actId,
          contacts,
          remapTo: remapTo ?? null,
          status: { ...row, key, isSystem, metadata: row.metadata ?? null },
          automationIds: automations.filter(({ isActive }) => isActive).map((one) => one.id),
        },
      },
    });
    return { id, changed: contacts };
  };

export type KeptStatus = {
  actId: string;
  contacts: number;
  remapTo: string | null;
  status: typeof leadStatuses.$inferSelect;
  automationIds: string[];
};

/** The status as it was, with the contacts that have not been given another one since, and the automations that went by it. */
export const putBackStatus =
  (mover: ContactMover) =>
  async (act: Act, { actId, contacts, remapTo, status, automationIds }: KeptStatus): Promise<void> => {
    const { tx, tenantId, now } = act;
    await lockStatuses(act);
    // Before any of them is locked: who changes one waits for this, or this for them.
    if (automationIds.length) await holdContacts(act);
    const [made] = await tx
      .insert(leadStatuses)
      .values({ ...status, tenantId, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: leadStatuses.id });
    if (!made)
      throw new AppError('conflict', `There is a lead status “${status.name}” again. Nothing was changed.`, {
        reason: 'changed_since',
      });
    if (contacts > AT_ONCE)
      await act.enqueue({ name: REMAP.name, data: { tenantId, name: status.name, actId, isBack: true } });
    else if (contacts) await mover.giveBackStatuses(act, { actId, limit: AT_ONCE });
    await startAutomations(act, automationIds);
    act.audit({
      action: 'leadStatuses.create',
      entity: 'lead_status',
      entityId: status.id,
      after: { name: status.name, key: status.key, contacts },
      undo: { name: 'leadStatuses.delete', input: { id: status.id, remapTo } },
    });
  };

async function countContacts({ tx, tenantId }: Act, key: string): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from contacts where tenant_id = ${tenantId} and lead_status = ${key}`,
  );
  return rows[0]?.count ?? 0;
}

function inUse(name: string, contacts: number, automations: readonly { name: string }[]): string {
  const users = automations.map((one) => `“${one.name}”`).join(', ');
  const have = contacts ? `${contacts} ${contacts === 1 ? 'contact has' : 'contacts have'} the status “${name}”.` : '';
  const use = users ? `Automations use “${name}” and would stop: ${users}.` : '';
  return [have, use, 'Nothing was changed; say which status takes its place, or that none does.']
    .filter(Boolean)
    .join(' ');
}
