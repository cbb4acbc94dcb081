import { TouchedRows, type Touched } from '../replica/touched-rows.ts';

/** A flood, such as a first sync: each announcement makes every open screen ask again. */
const FLOOD_GAP_MS = 100;
const FLOOD_ROWS = 50;
/** A few rows: about half a frame, so that a text is on the screen when it is in the replica. */
const SHORTEST_GAP_MS = 8;

/**
 * Gathers what changed and announces it: the first ones at once, a few rows within 8 ms, a flood at most ten times a second.
 * A person's own edit never waits.
 */
export class ChangeFeed {
  private readonly announce: (changed: Touched) => void;
  private readonly gathered = new TouchedRows();
  private timer: NodeJS.Timeout | undefined;
  private lastAt = -Infinity;

  constructor(announce: (changed: Touched) => void) {
    this.announce = announce;
  }

  /** `urgent` is a local edit: it does not wait for the gap. */
  add(touched: Touched, urgent = false): void {
    this.gathered.addAll(touched);
    if (this.gathered.isEmpty) return;
    const gapMs = this.gathered.rows > FLOOD_ROWS ? FLOOD_GAP_MS : SHORTEST_GAP_MS;
    const waitMs = this.lastAt + gapMs - performance.now();
    if (urgent || waitMs <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), waitMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastAt = performance.now();
    this.announce(this.gathered.take());
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
