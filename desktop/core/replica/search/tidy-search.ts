import type { Replica } from '../open-replica.ts';
import { buildSearchStep, findUnbuilt } from './build-search.ts';
import { FTS_TABLES, SEARCH } from './search-index.ts';

const PAUSE_MS = 1_000;
/** Index pages a step merges: about 5 ms. */
const STEP_PAGES = 60;

/** One step of merging. False when there is nothing left to merge. */
export function mergeSearchStep(replica: Replica, pages = STEP_PAGES): boolean {
  return FTS_TABLES.some((table) => {
    const before = changesSoFar(replica);
    replica.sql(`INSERT INTO ${table}(${table}, rank) VALUES ('merge', ?)`).run(pages);
    // The command itself counts as one change (sqlite.org/fts5.html, the merge command).
    return changesSoFar(replica) - before >= 2;
  });
}

const changesSoFar = (replica: Replica): number => replica.sql('SELECT total_changes()').pluck().get() as number;

/**
 * Builds what is missing of the search index and merges its pieces, while nobody writes. An index that is whole costs nothing, so an
 * idle app writes nothing.
 */
export class SearchTidy {
  private readonly replica: Replica;
  private readonly onStep: () => void;
  private readonly onProblem: (error: unknown) => void;
  private timer: NodeJS.Timeout | undefined;
  private adding: NodeJS.Timeout | undefined;

  constructor(replica: Replica, onStep: () => void, onProblem: (error: unknown) => void) {
    this.replica = replica;
    this.onStep = onStep;
    this.onProblem = onProblem;
  }

  /** At the start: an earlier version, or a start that was cut off, may have left rows that cannot be found yet. */
  start(): void {
    if (findUnbuilt(this.replica) !== null) this.later();
  }

  /** Something was written: new texts are put into the index soon, also while more is written; merging waits for the next pause. */
  touched(tables: readonly string[]): void {
    if (!tables.some((table) => table in SEARCH)) return;
    this.later();
    this.adding ??= setTimeout(() => {
      this.adding = undefined;
      this.doStep(() => buildSearchStep(this.replica));
    }, PAUSE_MS);
  }

  later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.step(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.adding);
  }

  private step(): void {
    if (this.doStep(() => buildSearchStep(this.replica) || mergeSearchStep(this.replica)))
      this.timer = setTimeout(() => this.step(), 0);
  }

  private doStep(step: () => boolean): boolean {
    if (!this.replica.db.open || this.replica.db.inTransaction) return false;
    try {
      const didSomething = step();
      if (didSomething) this.onStep();
      return didSomething;
    } catch (error) {
      // On a full disk, say. It can wait for the pause after the next write.
      this.onProblem(error);
      return false;
    }
  }
}
