import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../../db/act.ts';
import type { JobDefinition, JobKind } from '../../../jobs/job-definition.ts';
import type { Pool } from '../../../db/pool.ts';
import type { ContactMover } from '../contact-mover.ts';
import { activeAutomations } from './automation-store.ts';
import type { AutomationRow } from './automation-table.ts';
import type { Met } from './firing-log.ts';
import { groundOf, moveContacts, type OnFault } from './move-contacts.ts';
import { FIRE, wakeAt } from './wake.ts';

/** Few enough that nobody waits long for the contacts of a slice. */
const SLICE = 500;
/** Where all that is due is in other hands at the moment. */
const AGAIN_MS = 2_000;

const asked = z.object({ tenantId: z.uuid() });

/** Done slice by slice, each in a transaction: stopped in between, the next one goes on with what is still due. */
export const fireTimers = (perform: Perform, mover: ContactMover, onFault: OnFault): JobDefinition => ({
  kind: FIRE,
  async run(data, { signal }) {
    const { tenantId } = asked.parse(data);
    for (let came = 1; came > 0 && !signal.aborted;)
      came = await perform(systemOf(tenantId), async (act) => {
        const taken = await takeDue(act);
        if (taken.length) await fire(act, mover, onFault, taken);
        else await sleep(act);
        return taken.length;
      });
    signal.throwIfAborted();
  },
});

type Due = { automationId: string; contactId: string; from: string; dueAt: number };

/**
 * Timers that are due, taken away by the transaction that comes to their contacts: no other one can. The contact is locked before
 * its timer, as by everybody who changes it; one that is in somebody's hands waits for the next time. A contact comes once a slice,
 * for what was due first.
 */
async function takeDue({ tx, tenantId, now }: Act): Promise<Due[]> {
  const at = new Date(now).toISOString();
  const { rows } = await tx.execute<{ automation: string; contact: string; from: string | null; due: string }>(sql`
    with due as (
      select automation_id, contact_id, entered_at, due_at from status_timers
      where tenant_id = ${tenantId} and due_at <= ${at}::timestamptz order by due_at, contact_id limit ${SLICE}
    ), first as (
      select distinct on (contact_id) * from due order by contact_id, due_at, automation_id
    ), held as materialized (
      select f.*, c.lead_status, c.status_entered_at from first f join contacts c on c.id = f.contact_id
      order by c.id for update of c skip locked
    ), taken as (
      delete from status_timers t using held h
      where t.automation_id = h.automation_id and t.contact_id = h.contact_id and t.entered_at = h.entered_at
      returning t.automation_id, t.contact_id, t.due_at, case when h.status_entered_at = t.entered_at then h.lead_status end as lead_status
    )
    select automation_id as automation, contact_id as contact, lead_status as "from", due_at::text as due from taken order by due_at, contact_id`);
  return rows.map(({ automation, contact, from, due }) => ({
    automationId: automation,
    contactId: contact,
    from: from ?? '',
    dueAt: Date.parse(due),
  }));
}

/** A timer whose contact has another status by now, or whose automation was turned off, is void. */
async function fire(act: Act, mover: ContactMover, onFault: OnFault, taken: readonly Due[]): Promise<void> {
  const ground = await groundOf(act, mover, onFault);
  const automations = new Map((await activeAutomations(act.tx, act.tenantId)).map((row) => [row.id, row]));
  const groups = new Map<string, { automation: AutomationRow; from: string; met: Met[] }>();
  for (const { automationId, contactId, from, dueAt } of taken) {
    const automation = automations.get(automationId);
    if (!automation || from === '' || from === automation.targetStatus) continue;
    if (automation.fromStatus !== null && automation.fromStatus !== from) continue;
    const name = `${automationId} ${from}`;
    const group = groups.get(name) ?? { automation, from, met: [] };
    group.met.push({ contactId, from, dueAt });
    groups.set(name, group);
  }
  for (const { automation, from, met } of groups.values()) {
    const { moved } = await moveContacts(ground, automation, from, met);
    act.audit({
      action: 'statusAutomations.fire',
      entity: 'status_automation',
      entityId: automation.id,
      after: { from, to: automation.targetStatus, contacts: moved.length },
      records: moved.length,
    });
  }
}

async function sleep(act: Act): Promise<void> {
  const { rows } = await act.tx.execute<{ due: string | null }>(
    sql`select min(due_at)::text as due from status_timers where tenant_id = ${act.tenantId}`,
  );
  const due = rows[0]?.due;
  if (due) await wakeAt(act, Math.max(Date.parse(due), act.now + AGAIN_MS));
}

/** Every few minutes: whoever sleeps on (a job that was cancelled, rows that came by another road) is woken. */
export const WATCH_TIMERS: JobKind = {
  name: 'statuses.watch',
  retryLimit: 0,
  retryDelaySeconds: 60,
  concurrency: 1,
  cron: '*/5 * * * *',
};

export const watchTimers = (pool: Pool, perform: Perform, now: () => number): JobDefinition => ({
  kind: WATCH_TIMERS,
  async run() {
    const { rows } = await pool.query<{ id: string }>(
      'select distinct tenant_id as id from status_timers where due_at <= $1',
      [new Date(now()).toISOString()],
    );
    for (const { id } of rows) await perform(systemOf(id), (act) => wakeAt(act, act.now));
  },
});
