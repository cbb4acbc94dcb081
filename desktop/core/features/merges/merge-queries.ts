import type { MeetingRow } from '../../../../shared/bridge/bridge-contract.ts';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { overwrittenFields, type MetEntity, type MetKind } from '../../../../shared/merges/met-change.ts';
import type { Answers } from '../../replica/query-context.ts';
import { findPendingIds } from '../../replica/read-rows.ts';

type Row = {
  id: string;
  entity: MetEntity;
  entityId: string;
  contactId: string;
  kind: MetKind;
  mine: string | null;
  theirs: string | null;
  mineBy: string | null;
  mineMadeAt: number;
  theirsBy: string | null;
  theirsAt: number;
  createdAt: number;
  resolvedAt: number | null;
  resolvedBy: string | null;
  here: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
};

const nameOf = (column: string) =>
  `(SELECT p.body ->> 'name' FROM workspace_items p WHERE p.id = m.${column} AND p.kind = 'member')`;

const ROWS = `
  SELECT m.id, m.entity, m.entity_id AS entityId, m.contact_id AS contactId, m.kind, m.mine, m.theirs,
    ${nameOf('mine_by_id')} AS mineBy, m.mine_made_at AS mineMadeAt, ${nameOf('theirs_by_id')} AS theirsBy,
    m.theirs_at AS theirsAt, m.created_at AS createdAt, m.resolved_at AS resolvedAt, ${nameOf('resolved_by_id')} AS resolvedBy,
    c.id AS here, c.first_name AS firstName, c.last_name AS lastName, c.phone, c.email
  FROM met_changes m LEFT JOIN contacts c ON c.id = m.contact_id
  WHERE (m.resolved_at IS NOT NULL) = @settled AND (@contactId IS NULL OR m.contact_id = @contactId)
  ORDER BY m.created_at DESC, m.rid DESC LIMIT @limit`;

/** Changes that met, from the replica. A person whose role may not see them is told so instead of an empty list. */
export const mergeQueries: Answers<'merges.list'> = {
  'merges.list': ({ db }, { settled, contactId = null, limit }) => {
    const rows = db.sql(ROWS).all({ settled: settled ? 1 : 0, contactId, limit: limit + 1 }) as Row[];
    const pending = findPendingIds(
      db,
      'met_changes',
      rows.map(({ id }) => id),
    );
    const open = db
      .sql(
        'SELECT count(*) FROM met_changes WHERE resolved_at IS NULL AND (@contactId IS NULL OR contact_id = @contactId)',
      )
      .pluck()
      .get({ contactId }) as number;
    const denied = db.sql(`SELECT denied FROM stream WHERE tbl = 'met_changes'`).pluck().get() === 1;
    return {
      rows: rows.slice(0, limit).map((row) => toMeeting(row, pending.has(row.id))),
      open,
      more: rows.length > limit,
      denied,
    };
  },
};

function toMeeting(row: Row, pending: boolean): MeetingRow {
  const { here, firstName, lastName, phone, email, ...rest } = row;
  const mine = JSON.parse(row.mine ?? '{}') as Record<string, unknown>;
  const theirs = JSON.parse(row.theirs ?? '{}') as Record<string, unknown>;
  const contactName = here ? contactDisplayName({ firstName, lastName, phone, email }) : 'a contact that is gone';
  return { ...rest, mine, theirs, contactName, overwritten: overwrittenFields(mine, theirs), pending };
}
