import { sql, type SQL } from 'drizzle-orm';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { contactKeys } from '../contact-keys.ts';
import { IMPORTED_COLUMNS, type ImportedFields, type Planned } from './imported-contact.ts';

type Column = (typeof IMPORTED_COLUMNS)[number];

/** Cells of many contacts, a list for each column: what the database reads fastest. */
function columnsOf(contacts: readonly Planned[], columns: readonly Column[]): SQL {
  const keys = contacts.map(({ fields }) => contactKeys(fields));
  const lists = [
    list(
      contacts.map(({ id }) => id),
      'uuid',
    ),
    list(
      keys.map(({ nameKey }) => nameKey),
      'text',
    ),
    list(
      keys.map(({ search }) => search),
      'text',
    ),
    ...columns.map(([field, , type]) =>
      list(
        contacts.map(({ fields }) => toCell(fields[field], type)),
        type === 'instant' ? 'timestamptz' : type,
      ),
    ),
  ];
  const names = sql.raw(['id', 'name_key', 'search', ...columns.map(([, column]) => column)].join(', '));
  return sql`unnest(${sql.join(lists, sql`, `)}) as r(${names})`;
}

const list = (cells: unknown[], type: string): SQL => sql`${sql.param(cells)}::${sql.raw(type)}[]`;

function toCell(value: unknown, type: Column[2]): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  return type === 'instant' ? new Date(value as number).toISOString() : value;
}

/** Most rows of most files fill a handful of columns. */
const columnsIn = (contacts: readonly Planned[]): Column[] =>
  IMPORTED_COLUMNS.filter(([field]) => contacts.some(({ fields }) => fields[field] !== null));

export async function insertContacts(
  { tx, tenantId, now }: Act,
  importId: string,
  created: readonly Planned[],
): Promise<void> {
  if (!created.length) return;
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  const columns = columnsIn(created);
  const names = sql.raw(columns.map(([, column]) => `, ${column}`).join(''));
  const values = sql.raw(columns.map(([, column]) => `, r.${column}`).join(''));
  const hasStage = columns.some(([field]) => field === 'stageId');
  const pipeline = hasStage ? sql`(select s.pipeline_id from stages s where s.id = r.stage_id)` : sql`null`;
  await tx.execute(sql`
    insert into contacts (id, tenant_id, name_key, search${names}, pipeline_id, import_id, created_at, updated_at)
    select r.id, ${tenantId}::uuid, r.name_key, r.search${values}, ${pipeline}::uuid, ${importId}::uuid, ${at}, ${at}
    from ${columnsOf(created, columns)}`);
}

/**
 * Contacts made by this very import keep their first `updated_at`: they count as untouched when the import is undone.
 * What changed in each goes to the audit log at the row's own time, as an edit by hand would.
 */
export async function updateContacts(
  act: Act,
  importId: string,
  known: readonly Planned[],
  updated: readonly Planned[],
): Promise<void> {
  if (!updated.length) return;
  const { tx, tenantId, userId, deviceId, now } = act;
  const earlier = new Map(known.map(({ id, fields }) => [id, fields]));
  const sides = updated.map(({ id, fields }) => [act.newId(), id, ...changesOf(earlier.get(id), fields)]);
  const set = sql.raw(IMPORTED_COLUMNS.map(([, column]) => `${column} = r.${column}`).join(', '));
  await tx.execute(sql`
    with changed as (
      update contacts c set ${set}, pipeline_id = (select s.pipeline_id from stages s where s.id = r.stage_id),
        name_key = r.name_key, search = r.search,
        updated_at = case when c.import_id = ${importId}::uuid and c.updated_at = c.created_at
          then c.updated_at else ${nextUpdatedAtSql(now, sql`c.updated_at`)} end
      from ${columnsOf(updated, IMPORTED_COLUMNS)} where c.id = r.id
      returning c.id, c.updated_at
    )
    insert into audit_log (id, tenant_id, user_id, device_id, action, entity, entity_id, before, after, at)
    select (s->>0)::uuid, ${tenantId}::uuid, ${userId}::uuid, ${deviceId}::uuid, 'contacts.import', 'contact', changed.id,
      s->2, s->3, changed.updated_at
    from jsonb_array_elements(${JSON.stringify(sides)}::jsonb) as s join changed on changed.id = (s->>1)::uuid`);
}

/** The fields that differ, as they were and as they become. */
function changesOf(before: ImportedFields | undefined, after: ImportedFields): [object, object] {
  const keys = (Object.keys(after) as (keyof ImportedFields)[]).filter(
    (key) => !isSameValue(before?.[key] ?? null, after[key]),
  );
  return [
    Object.fromEntries(keys.map((key) => [key, before?.[key] ?? null])),
    Object.fromEntries(keys.map((key) => [key, after[key]])),
  ];
}
