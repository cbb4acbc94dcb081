import type pg from 'pg';
import { relationName, relationOf, type ShapeDefinition } from '../shape-definition.ts';
import { readTableSchemas, type TableSchema } from './table-schema.ts';

/** What is known of tables, read when first asked for and again after the WAL said that one was altered. */
export class TableSchemas {
  private readonly pool: pg.Pool;
  private readonly reading = new Map<string, Promise<TableSchema | null>>();
  private readonly known = new Map<string, TableSchema>();

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** Reads tables anew, all at once. Those that do not exist are absent. */
  async read(tables: readonly [schema: string, table: string][]): Promise<Map<string, TableSchema>> {
    const found = await readTableSchemas(this.pool, tables);
    for (const [schema, table] of tables) this.forget(relationName(schema, table));
    for (const [relation, schema] of found) {
      this.known.set(relation, schema);
      this.reading.set(relation, Promise.resolve(schema));
    }
    return found;
  }

  find({ schema = 'public', table }: Pick<ShapeDefinition, 'schema' | 'table'>): Promise<TableSchema | null> {
    const relation = relationOf({ schema, table });
    const before = this.reading.get(relation);
    if (before) return before;
    const reading = readTableSchemas(this.pool, [[schema, table]]).then((found) => {
      const read = found.get(relation) ?? null;
      if (this.reading.get(relation) !== reading) return read;
      if (read) this.known.set(relation, read);
      // A table that is not there now may be made later.
      else this.reading.delete(relation);
      return read;
    });
    reading.catch(() => this.reading.delete(relation));
    this.reading.set(relation, reading);
    return reading;
  }

  /** What tells altered columns of a table, when the WAL describes it otherwise than we know it; else null. */
  compare(relation: string, oid: number, signature: TableSchema['signature']): ((column: string) => boolean) | null {
    const known = this.known.get(relation);
    if (!known) return null;
    const isAltered = (column: string) => known.oid !== oid || known.signature[column] !== signature[column];
    return Object.keys({ ...known.signature, ...signature }).some(isAltered) ? isAltered : null;
  }

  forget(relation: string): void {
    this.known.delete(relation);
    this.reading.delete(relation);
  }

  clear(): void {
    this.known.clear();
    this.reading.clear();
  }
}
