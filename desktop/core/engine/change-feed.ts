const SHORTEST_GAP_MS = 100;

/** Gathers table names and announces them at most ten times a second. The first one goes at once: a person waits for their own edit. */
export class ChangeFeed {
  private readonly announce: (tables: string[]) => void;
  private gathered = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private lastAt = -Infinity;

  constructor(announce: (tables: string[]) => void) {
    this.announce = announce;
  }

  /** `urgent` is a local edit: it does not wait for the gap. */
  add(tables: readonly string[], urgent = false): void {
    for (const table of tables) this.gathered.add(table);
    if (this.gathered.size === 0) return;
    const waitMs = this.lastAt + SHORTEST_GAP_MS - performance.now();
    if (urgent || waitMs <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), waitMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastAt = performance.now();
    const tables = [...this.gathered];
    this.gathered = new Set();
    this.announce(tables);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
