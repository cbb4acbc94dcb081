import type { Patch } from '../../../shared/protocol/patch.ts';
import { SYNCED_TABLES, type SyncedTableName } from '../../../shared/catalog/synced-tables.ts';
import { must } from '../../../shared/kernel/must.ts';

export type Row = Record<string, unknown> & { id: string };

/** Tables in memory, changed by the same patches as a replica. */
export class FixtureTables {
  private readonly tables = new Map<string, Map<string, Row>>(SYNCED_TABLES.map(({ name }) => [name, new Map()]));

  of(name: SyncedTableName): Map<string, Row> {
    return must(this.tables.get(name), name);
  }

  rows<T = Row>(name: SyncedTableName): T[] {
    return [...this.of(name).values()] as T[];
  }

  apply(patch: Patch): void {
    const table = must(this.tables.get(patch.table), patch.table);
    if (patch.kind === 'insert') {
      if (!table.has(patch.id)) table.set(patch.id, { ...patch.values, id: patch.id });
      return;
    }
    for (const id of patch.ids) {
      const row = table.get(id);
      if (patch.kind === 'delete') table.delete(id);
      else if (row) table.set(id, { ...row, ...patch.values });
    }
  }
}
