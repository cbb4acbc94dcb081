import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import { isSameValue } from '../../../../shared/kernel/same-value.ts';
import type { Cells } from '../../replica/cells.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { toRecord } from '../../replica/read-rows.ts';

type Known = Record<string, unknown>;

/** Finds the contact that a row means, as the server will: by our own id, else the oldest with its phone, else with its e-mail. */
export function createTwinFinder(db: ReadConnection) {
  // Beside `min` SQLite answers the column of that very row, and sorts nothing.
  const by = (column: string) => db.sql(`SELECT rid, min(created_at) FROM contacts WHERE ${column} = ?`).pluck();
  const byId = by('id');
  const byPhone = by('phone');
  const byEmail = by('email');
  /** Null, or what reads the contact. */
  return ({ id, fields: { phone, email } }: ImportRow): (() => Known) | null => {
    const rid = (id && byId.get(id)) || (phone && byPhone.get(phone)) || (email && byEmail.get(email));
    if (!rid) return null;
    return () => toRecord<Known>('contacts', db.sql('SELECT * FROM contacts WHERE rid = ?').get(rid) as Cells);
  };
}

/** The fields that a merge replaces or fills, attributes one by one. */
export function changesOf(
  known: Known,
  { fields, stageId }: ImportRow,
): { field: string; before: unknown; after: unknown }[] {
  const { attributes, ...plain } = fields;
  const there = (known['attributes'] ?? {}) as Known;
  const all = [
    ...Object.entries({ ...plain, ...(stageId ? { stageId } : {}) }).map(([field, after]) => ({
      field,
      before: known[field] ?? null,
      after,
    })),
    ...Object.entries(attributes ?? {}).map(([key, after]) => ({
      field: `attributes.${key}`,
      before: Object.hasOwn(there, key) ? there[key] : null,
      after,
    })),
  ];
  return all.filter(({ before, after }) => !isSameValue(before, after) && JSON.stringify(before) !== after);
}
