import { sql } from 'drizzle-orm';
import type { Act, Settle } from '../../../db/act.ts';
import { isPassingError } from '../../../db/database-error.ts';
import { inSavepoint } from '../../../db/tx.ts';
import { followLink, type ChainLink } from '../../../../shared/statuses/status-chain.ts';
import type { ContactMover } from '../contact-mover.ts';
import { activeAutomations } from './automation-store.ts';
import type { AutomationRow } from './automation-table.ts';
import { groundOf, moveContacts, type Ground, type OnFault } from './move-contacts.ts';
import { wakeAt } from './wake.ts';

/**
 * At the end of a transaction: contacts that got a status go on to where automations take them, and somebody is woken when the
 * first of new timers is due. A fault of ours in here leaves what people did as it is.
 */
export const followStatuses =
  (mover: ContactMover, onFault: OnFault): Settle =>
  async (act) => {
    const news = await readNews(act);
    if (!news.arrived && news.due === null) return;
    try {
      await inSavepoint(act.tx, () => follow(act, mover, onFault, news));
    } catch (error) {
      if (isPassingError(error)) throw error;
      onFault(error, '');
    }
  };

type News = { arrived: boolean; due: number | null };

/** What the triggers of this transaction have told since it was last asked. */
async function readNews({ tx }: Act): Promise<News> {
  const { rows } = await tx.execute<{ arrived: string | null; due: string | null }>(sql`
    select current_setting('switchboard.arrived', true) as arrived, current_setting('switchboard.timer_due', true) as due`);
  const { arrived, due } = rows[0] ?? {};
  return { arrived: arrived === 'on', due: due ? Date.parse(due) : null };
}

async function follow(act: Act, mover: ContactMover, onFault: OnFault, first: News): Promise<void> {
  let news = first;
  if (news.arrived) {
    const ground = await groundOf(act, mover, onFault);
    const links = (await activeAutomations(act.tx, act.tenantId)).filter(isLink);
    /** By contact: the statuses it had on its way in this transaction. */
    const paths = new Map<string, readonly string[]>();
    while (news.arrived) {
      await act.tx.execute(sql`select set_config('switchboard.arrived', '', true)`);
      for (const arrival of await takeArrivals(act, paths)) await goOn(ground, links, arrival, paths);
      news = await readNews(act);
    }
  }
  await act.tx.execute(sql`select set_config('switchboard.timer_due', '', true)`);
  if (news.due !== null) await wakeAt(act, news.due);
}

const isLink = (row: AutomationRow): row is AutomationRow & ChainLink => row.triggerStatus !== null;

/** Contacts that came to the last status of `path` together, in one act where it was one on many. */
type Arrival = { path: readonly string[]; actId: string | null; contactIds: string[] };

/** Who has just got a status and has it still, together with those who came the same way. */
async function takeArrivals({ tx, tenantId }: Act, paths: ReadonlyMap<string, readonly string[]>): Promise<Arrival[]> {
  const { rows } = await tx.execute<{ id: string; status: string; actId: string | null }>(sql`
    with taken as (
      delete from status_arrivals where id in (
        select id from status_arrivals where tenant_id = ${tenantId} order by id for update skip locked)
      returning contact_id, status, act_id
    )
    select distinct on (c.id) c.id, c.lead_status as status, taken.act_id as "actId"
    from taken join contacts c on c.id = taken.contact_id and c.lead_status = taken.status
    order by c.id`);
  const groups = new Map<string, Arrival>();
  for (const { id, status, actId } of rows) {
    const earlier = paths.get(id) ?? [];
    const path = earlier.at(-1) === status ? earlier : [...earlier, status];
    const name = `${actId} ${path.join(' ')}`;
    const group = groups.get(name) ?? { path, actId, contactIds: [] };
    group.contactIds.push(id);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** The first automation whose conditions hold takes each contact along. */
async function goOn(
  ground: Ground,
  links: readonly (AutomationRow & ChainLink)[],
  { path, actId, contactIds }: Arrival,
  paths: Map<string, readonly string[]>,
): Promise<void> {
  const from = path.at(-1) ?? '';
  let open = contactIds.map((contactId) => ({ contactId, from }));
  for (const link of links) {
    const way = followLink(link, path);
    if (way === 'elsewhere' || !open.length) continue;
    const { moved, unmet } = await moveContacts(ground, link, from, open, { isCircle: way === 'back', actId });
    for (const id of moved) paths.set(id, [...path, link.targetStatus]);
    open = unmet.map(({ contactId }) => ({ contactId, from }));
    if (moved.length)
      ground.act.audit({
        action: 'statusAutomations.fire',
        entity: 'status_automation',
        entityId: link.id,
        after: { from, to: link.targetStatus, contacts: moved.length },
        records: moved.length,
      });
  }
}
