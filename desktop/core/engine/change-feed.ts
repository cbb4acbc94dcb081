/** A flood, such as a first sync: each announcement makes every open screen ask again. */
const FLOOD_GAP_MS = 100;
const FLOOD_ROWS = 50;
/** A few rows: about half a frame, so that a text is on the screen when it is in the replica. */
const SHORTEST_GAP_MS = 8;

/**
 * Gathers table names and announces them: the first ones at once, a few rows within 8 ms, a flood at most ten times a second.
 * A person's own edit never waits.
 */
export class ChangeFeed {
  private readonly announce: (tables: string[]) => void;
  private gathered = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private lastAt = -Infinity;
  private rows = 0;

  constructor(announce: (tables: string[]) => void) {
    this.announce = announce;
  }

  /** `urgent` is a local edit: it does not wait for the gap. */
  add({ tables, rows }: { tables: readonly string[]; rows: number }, urgent = false): void {
    for (const table of tables) this.gathered.add(table);
    this.rows += rows;
    if (this.gathered.size === 0) return;
    const gapMs = this.rows > FLOOD_ROWS ? FLOOD_GAP_MS : SHORTEST_GAP_MS;
    const waitMs = this.lastAt + gapMs - performance.now();
    if (urgent || waitMs <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), waitMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastAt = performance.now();
    const tables = [...this.gathered];
    this.gathered = new Set();
    this.rows = 0;
    this.announce(tables);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
