/** Rows of a table named one by one up to here; beyond, any of them may have changed. */
const MOST_NAMED = 50;

/** Which tables changed, how many rows in all, and which rows of a table where they are few. */
export type Touched = { tables: string[]; rows: number; ids: Record<string, string[]> };

/** Gathers what changed. */
export class TouchedRows {
  /** Ids by table; null where they are too many or not known. */
  private byTable = new Map<string, Set<string> | null>();
  private count = 0;

  /** `ids` unknown: any row of the table may have changed. */
  add(table: string, rows: number, ids: readonly string[] | null): void {
    this.count += rows;
    const known = this.byTable.get(table);
    if (known === null) return;
    const all = ids && new Set([...(known ?? []), ...ids]);
    this.byTable.set(table, all && all.size <= MOST_NAMED ? all : null);
  }

  addAll({ tables, rows, ids }: Touched): void {
    for (const table of tables) this.add(table, 0, ids[table] ?? null);
    this.count += rows;
  }

  get rows(): number {
    return this.count;
  }

  get isEmpty(): boolean {
    return this.byTable.size === 0;
  }

  /** What was gathered, and begins anew. */
  take(): Touched {
    const ids: Record<string, string[]> = {};
    for (const [table, known] of this.byTable) if (known) ids[table] = [...known];
    const taken = { tables: [...this.byTable.keys()], rows: this.count, ids };
    this.byTable = new Map();
    this.count = 0;
    return taken;
  }
}
