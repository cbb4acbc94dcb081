import { must } from '../../../shared/kernel/must.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { MAX_BASED_ON } from '../../../shared/protocol/push.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { encodeCell, type Cells } from '../replica/cells.ts';
import { numbered, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable } from '../replica/replica-schema.ts';
import { patchInBulk } from './bulk-patch.ts';
import { groupPatches, type PatchGroup } from './patch-group.ts';
import { findServerRow, settle } from './settle.ts';

/** A record that wears a mark while a write is under way: a contact and the name of its field. */
export type WriteMark = { subject: string; field: string };

export type LocalWrite = {
  writeId: string;
  name: string;
  input: unknown;
  madeAt: number;
  /** What people count as one change: the write's own id, or that of the import or bulk act. */
  unit: string;
  /** Part of a unit whose later parts are worth nothing without the earlier ones. */
  chained?: boolean;
  patches: readonly Patch[];
  marks: readonly WriteMark[];
};

/** Puts a write into the outbox and shows it, in one transaction. Durable when this returns. */
export function writeLocally(replica: Replica, write: LocalWrite): void {
  replica.tx(() => {
    const { writeId, name, input, madeAt, unit, patches } = write;
    const basedOn = basisOf(replica, patches);
    const { lastInsertRowid } = replica
      .sql(
        'INSERT INTO pending_write (write_id, name, input, made_at, unit, chained, based_on) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(writeId, name, JSON.stringify(input), madeAt, unit, write.chained ? 1 : 0, basedOn);
    replica
      .sql(`INSERT OR IGNORE INTO write_mark SELECT value ->> 'subject', value ->> 'field', ?1 FROM json_each(?2)`)
      .run(numbered(writeId, JSON.stringify(write.marks)));
    groupPatches(patches.map(encodePatch)).forEach((group, part) =>
      addGroup(replica, Number(lastInsertRowid), part, group),
    );
    replica.touch('outbox');
  });
}

function addGroup(replica: Replica, seq: number, part: number, group: PatchGroup): void {
  const { table: name, kind, body, rows } = group;
  const table = getReplicaTable(name);
  replica
    .sql('INSERT INTO pending_patch VALUES (?, ?, ?, ?, ?)')
    .run(seq, part, name, kind, kind === 'delete' ? null : JSON.stringify(body));
  if (rows.length > replica.bulkFrom && !replica.merging.has(name))
    return patchInBulk(replica, table, { seq, part }, group);
  for (const { id, own } of rows) {
    const server = findServerRow(replica, table, id);
    replica
      .sql('INSERT OR IGNORE INTO pending_target (tbl, id, seq, part, own) VALUES (?, ?, ?, ?, ?)')
      .run(name, id, seq, part, own && JSON.stringify(own));
    settle(replica, name, id, server);
  }
}

/** When the server last changed the rows whose fields are set here, as far as this device knows. */
function basisOf(replica: Replica, patches: readonly Patch[]): string | null {
  const sets = patches.filter((patch) => patch.kind === 'set');
  if (sets.reduce((count, { ids }) => count + ids.length, 0) > MAX_BASED_ON) return null;
  const known: Record<string, number> = {};
  for (const { table: name, ids } of sets) {
    const table = getReplicaTable(name);
    if (!('updated_at' in table.kinds)) continue;
    for (const id of ids) {
      const at = findServerRow(replica, table, id)?.['updated_at'];
      if (typeof at === 'number') known[id] = at;
    }
  }
  return Object.keys(known).length > 0 ? JSON.stringify(known) : null;
}

function encodePatch(patch: Patch): PatchGroup {
  const { table, kind } = patch;
  const ids = kind === 'insert' ? [patch.id] : patch.ids;
  const body = kind === 'delete' ? {} : encodeValues(table, patch.values);
  return { table, kind, body, rows: ids.map((id) => ({ id, own: null })) };
}

function encodeValues(tableName: string, values: Extract<Patch, { kind: 'set' }>['values']): Cells {
  const { kinds } = getReplicaTable(tableName);
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => {
        const column = toColumnName(key);
        return [column, encodeCell(must(kinds[column], `column ${tableName}.${column}`), value)];
      }),
  );
}
