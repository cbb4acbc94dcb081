import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { contacts } from '../contact-table.ts';
import { ownContacts } from '../tags/own-contacts.ts';

type Change = {
  action: string;
  contactIds: readonly string[];
  /** The field that changes, as history and people know it, with its column and what it becomes. */
  field: 'stageId' | 'leadStatus' | 'leadScore' | 'ownerId';
  column: AnyPgColumn;
  value: string | number | null;
  /** Columns that go with it. */
  more?: Record<string, string | null>;
  note?: string | undefined;
};

/**
 * Sets one field of many contacts in one statement. Contacts of other tenants, deleted ones and those that are as wished already are
 * passed over; when none exists the act is refused. Answers those that changed. The act is taken back by what history says of it.
 */
export async function changeMany(act: Act, change: Change): Promise<string[]> {
  const { field, column, value, note } = change;
  const ids = await ownContacts(act, change.contactIds, 'no key update');
  const actId = act.newId();
  const [only] = ids;
  const single = ids.length === 1 && only ? only : null;
  const before = single ? { [field]: await valueOf(act, single, column) } : null;
  const rows = await act.inHistory({ actId, ...(note ? { note } : {}) }, () =>
    act.tx
      .update(contacts)
      .set({ [field]: value, ...change.more, updatedAt: nextUpdatedAtSql(act.now, contacts.updatedAt) })
      .where(and(inArray(contacts.id, ids), differs(column, value)))
      .returning({ id: contacts.id }),
  );
  act.audit({
    id: actId,
    action: change.action,
    entity: 'contact',
    entityId: single,
    ...(before && { before }),
    after: { [field]: value, ...(note && { note }) },
    records: ids.length,
    undo: rows.length ? { name: 'contacts.revert', input: { actId } } : null,
  });
  return rows.map(({ id }) => id);
}

async function valueOf({ tx }: Act, id: string, column: AnyPgColumn): Promise<unknown> {
  const [row] = await tx.select({ value: column }).from(contacts).where(eq(contacts.id, id));
  return row?.value ?? null;
}

const differs = (column: AnyPgColumn, value: string | number | null): SQL =>
  value === null ? sql`${column} is not null` : sql`${column} is distinct from ${sql.param(value, column)}`;
