import type { ContactHistory } from '../../../../../shared/bridge/bridge-contract.ts';
import type { HistoryEntry } from '../../../../../shared/contacts/history-operations.ts';
import type { Cells } from '../../../replica/cells.ts';
import type { Answers, QueryContext } from '../../../replica/query-context.ts';
import { toRecord } from '../../../replica/read-rows.ts';

const MOST_ACTS = 200;
/** Acts whose effects the server's history tells field by field. */
const TOLD = /^(contacts|consents|segments)\./;

/** Features beside this one that a past is put together from. */
type Beside = Answers<'acts.list' | 'outbox.list'>;

/** A contact's past: what the server told, what members did since, what waits. */
export const historyQueries = (beside: Beside): Answers<'history.list'> => ({
  'history.list': (context, { contactId, limit }): ContactHistory => {
    const { db } = context;
    const found = db
      .sql('SELECT entry FROM contact_history WHERE contact_id = ? ORDER BY at DESC, id DESC LIMIT ?')
      .pluck()
      .all(contactId, limit + 1) as string[];
    const entries = found.slice(0, limit).map((entry) => JSON.parse(entry) as HistoryEntry);
    const kept = db
      .sql('SELECT next, fetched_at AS at FROM contact_history_kept WHERE contact_id = ?')
      .get(contactId) as { next: string | null; at: number } | undefined;
    return {
      entries,
      more: found.length > limit,
      older: kept !== undefined && kept.next !== null,
      keptAt: kept?.at ?? null,
      acts: listActs(context, beside, contactId, entries, found.length <= limit),
      waiting: listWaiting(context, beside, contactId),
      settled: readSettled(context, contactId),
    };
  },
});

/** Of an act in slices the outbox tells the first one; the contact may be in any of them. */
function listWaiting(context: QueryContext, beside: Beside, contactId: string): ContactHistory['waiting'] {
  const slices = `SELECT write_id, unit, input FROM pending_write UNION ALL SELECT write_id, unit, input FROM refused_write`;
  const sliced = new Set(
    context.db
      .sql(
        `WITH slices AS (${slices}), about AS (
           SELECT unit FROM slices s, json_each(s.input, '$.contactIds') j WHERE s.unit <> s.write_id AND j.value = ?)
         SELECT write_id FROM slices WHERE unit IN (SELECT unit FROM about)`,
      )
      .pluck()
      .all(contactId) as string[],
  );
  return beside['outbox.list'](context, {}).filter(({ writeId, contactId: about, input }) =>
    about === null
      ? sliced.has(writeId) || ((input as { contactIds?: string[] }).contactIds ?? []).includes(contactId)
      : about === contactId,
  );
}

/** Those that no entry tells of: newer ones, and acts of other kinds as far back as the entries reach. */
function listActs(
  context: QueryContext,
  beside: Beside,
  contactId: string,
  entries: readonly HistoryEntry[],
  whole: boolean,
): ContactHistory['acts'] {
  const oldest = entries.at(-1);
  const from = whole || !oldest ? {} : { from: oldest.at };
  const newest = entries[0]?.at ?? Number.NEGATIVE_INFINITY;
  const { rows } = beside['acts.list'](context, { filter: { contactId, ...from }, limit: MOST_ACTS });
  return rows.filter(({ at, action }) => at > newest || !TOLD.test(action));
}

/** What the server has of the fields that a waiting write shows otherwise. */
function readSettled({ db }: QueryContext, contactId: string): Record<string, unknown> {
  const image = db.sql(`SELECT image FROM pending_base WHERE tbl = 'contacts' AND id = ?`).pluck().get(contactId);
  return typeof image === 'string' ? toRecord<Record<string, unknown>>('contacts', JSON.parse(image) as Cells) : {};
}
