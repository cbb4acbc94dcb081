import { sql, type SQL } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { subscribe, type Subscriber } from '../../../events/event.ts';

/** Says on those contacts whose number is on the list since when it is. Answers how many did not say so yet. */
export async function markNotToCall({ tx, tenantId, now }: Act, which: SQL): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update contacts c set do_not_call_at = d.added_at,
      -- One that an import has just made counts as untouched still.
      updated_at = case when c.import_id is not null and c.updated_at = c.created_at then c.updated_at
        else ${nextUpdatedAtSql(now, sql`c.updated_at`)} end
    from dnc_numbers d
    where c.tenant_id = ${tenantId} and d.tenant_id = c.tenant_id and d.phone = c.phone and c.do_not_call_at is null and ${which}`);
  return rowCount ?? 0;
}

const markAgain = async (act: Act, contactIds: readonly string[]): Promise<void> => {
  const { rowCount } = await act.tx.execute(sql`select from dnc_numbers where tenant_id = ${act.tenantId} limit 1`);
  if (rowCount) await markNotToCall(act, sql`c.id = any(${sql.param([...contactIds])}::uuid[])`);
};

/** A contact that is added later, or gets such a number, is not to be called either. */
export const keepNotToCall: readonly Subscriber[] = [
  subscribe('contacts.added', (act, { contactIds }) => markAgain(act, contactIds)),
  subscribe('contacts.readdressed', (act, { contactIds }) => markAgain(act, contactIds)),
];
