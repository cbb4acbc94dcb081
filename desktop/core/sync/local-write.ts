import { must } from '../../../shared/kernel/must.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { encodeCell, type Cell } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import { getReplicaTable } from '../replica/replica-schema.ts';
import { findServerRow, settle } from './settle.ts';

/** A record that wears a mark while a write is under way: a contact and the name of its field. */
export type WriteMark = { subject: string; field: string };

export type LocalWrite = {
  writeId: string;
  name: string;
  input: unknown;
  madeAt: number;
  /** What people count as one change: the write's own id, or the import's. */
  unit: string;
  patches: readonly Patch[];
  marks: readonly WriteMark[];
};

/** Puts a write into the outbox and shows it, in one transaction. Durable when this returns. */
export function writeLocally(replica: Replica, write: LocalWrite): void {
  replica.tx(() => {
    const { lastInsertRowid } = replica
      .sql('INSERT INTO pending_write (write_id, name, input, made_at, unit) VALUES (?, ?, ?, ?, ?)')
      .run(write.writeId, write.name, JSON.stringify(write.input), write.madeAt, write.unit);
    for (const { subject, field } of write.marks)
      replica.sql('INSERT OR IGNORE INTO write_mark VALUES (?, ?, ?)').run(subject, field, write.writeId);
    addPatches(replica, Number(lastInsertRowid), write.patches);
    replica.touch('outbox');
  });
}

function addPatches(replica: Replica, seq: number, patches: readonly Patch[]): void {
  // One write may patch a row twice: its server image is read before any of its targets exists.
  const touched = new Map<string, { table: string; id: string; server: ReturnType<typeof findServerRow> }>();
  const idsOf = (patch: Patch) => (patch.kind === 'insert' ? [patch.id] : patch.ids);
  for (const patch of patches)
    for (const id of idsOf(patch)) {
      const key = `${patch.table} ${id}`;
      if (!touched.has(key))
        touched.set(key, { table: patch.table, id, server: findServerRow(replica, getReplicaTable(patch.table), id) });
    }
  patches.forEach((patch, part) => {
    const body = patch.kind === 'delete' ? null : JSON.stringify(encodeValues(patch.table, patch.values));
    replica.sql('INSERT INTO pending_patch VALUES (?, ?, ?, ?, ?)').run(seq, part, patch.table, patch.kind, body);
    for (const id of idsOf(patch))
      replica.sql('INSERT OR IGNORE INTO pending_target VALUES (?, ?, ?, ?)').run(patch.table, id, seq, part);
  });
  for (const { table, id, server } of touched.values()) settle(replica, table, id, server);
}

function encodeValues(tableName: string, values: Extract<Patch, { kind: 'set' }>['values']): Record<string, Cell> {
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
