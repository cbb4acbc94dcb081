import { sql, type SQL } from 'drizzle-orm';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import type { dryRunAutomation as operation, WHY_NOT } from '../../../../shared/statuses/automation-operations.ts';
import { followChain } from '../../../../shared/statuses/status-chain.ts';
import type { OutputOf } from '../../../../shared/protocol/operation.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { inTime } from '../../../db/in-time.ts';
import { findStatuses } from '../status-read-model.ts';
import { dueAt } from './arm-automation.ts';
import { activeAutomations, getAutomationRow } from './automation-store.ts';
import type { AutomationRow } from './automation-table.ts';
import { conditionsAt } from './meet-conditions.ts';

type Answer = OutputOf<typeof operation>;
type Some = Answer['now'];
type Why = (typeof WHY_NOT)[number];

const SAMPLE = 100;
const NOBODY: Some = { contacts: 0, sample: [] };

export const dryRunAutomation: Verb<typeof operation> = async (act, { id }) => {
  const automation = await getAutomationRow(act.tx, act.tenantId, id);
  const target = (await findStatuses(act.tx, act.tenantId)).get(automation.targetStatus);
  const condition = (await conditionsAt(act.tx, act.tenantId, act.now))(automation.conditions);
  const groups = await groupsOf(act, automation, condition, target?.isActive === true);
  const others = (
    ['later', 'conditions', 'has_target', 'has_status_already', 'target_inactive'] satisfies Why[]
  ).flatMap((why) => {
    const some = groups.get(why);
    return some ? [{ why, ...some }] : [];
  });
  return {
    now: groups.get('now') ?? NOBODY,
    within24Hours: groups.get('soon') ?? NOBODY,
    others,
    next: await statusesAfter(act, automation),
  };
};

/** Contacts with the status it is about, sorted by what would become of them. */
async function groupsOf(
  { tx, now }: Act,
  automation: AutomationRow,
  condition: SQL,
  hasTarget: boolean,
): Promise<Map<string, Some>> {
  const { tenantId, triggerType, fromStatus, triggerStatus, targetStatus } = automation;
  const isTimed = triggerType === 'TIME_BASED';
  const status = isTimed ? fromStatus : triggerStatus;
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  const fate = isTimed
    ? sql`case when c.lead_status = ${targetStatus} then 'has_target' when not ${condition} then 'conditions'
        when not ${hasTarget}::boolean then 'target_inactive'
        when d.due <= ${at} then 'now' when d.due <= ${at} + interval '24 hours' then 'soon' else 'later' end`
    : sql`case when not ${condition} then 'conditions' when not ${hasTarget}::boolean then 'target_inactive' else 'has_status_already' end`;
  const { rows } = await inTime(tx, () =>
    tx.execute<{
      fate: string;
      contacts: number;
      id: string;
      due: string | null;
      firstName: string | null;
      lastName: string | null;
      phone: string | null;
      email: string | null;
    }>(sql`
    with fates as (
      select c.id, d.due, ${fate} as fate
      from contacts c join tenants t on t.id = c.tenant_id cross join lateral (select ${isTimed ? dueAt(automation) : sql`null::timestamptz`} as due) d
      where c.tenant_id = ${tenantId} and c.status_entered_at is not null
        and ${status === null ? sql`c.lead_status is not null` : sql`c.lead_status = ${status}`}
    ), placed as (
      select *, count(*) over (partition by fate)::int as contacts, row_number() over (partition by fate order by due, id) as place from fates
    )
    select p.fate, p.contacts, p.id, p.due::text as due, c.first_name as "firstName", c.last_name as "lastName", c.phone, c.email
    from placed p join contacts c on c.id = p.id where p.place <= ${SAMPLE} order by p.fate, p.place`),
  );
  const groups = new Map<string, Some>();
  for (const { fate: one, contacts, id, due, ...named } of rows) {
    const group = groups.get(one) ?? { contacts, sample: [] };
    group.sample.push({ id, name: contactDisplayName(named), dueAt: due === null ? null : Date.parse(due) });
    groups.set(one, group);
  }
  return groups;
}

/** Where other automations would take a contact that gets the target, if their conditions hold. */
async function statusesAfter({ tx, tenantId }: Act, automation: AutomationRow): Promise<string[]> {
  const links = (await activeAutomations(tx, tenantId)).flatMap(({ id, triggerStatus, targetStatus }) =>
    triggerStatus === null || id === automation.id ? [] : [{ id, triggerStatus, targetStatus }],
  );
  return followChain(links, automation.targetStatus, () => true).path.slice(1);
}
