import type { Replica } from './open-replica.ts';

/** Full text of contacts, kept in step by triggers. */
export const SEARCH_TABLES = ['contacts_prefix', 'contacts_trigram'] as const;

/**
 * FTS5 merges its segments inside whatever write happens to fill one up: at a million contacts an edit in a hundred then took
 * 27 ms instead of 1. So merging is off while people write, and is done in small steps when they pause (`SearchTidy`).
 * Should nobody ever pause, it still happens at 200 segments.
 */
export const MERGE_WHEN_IDLE = SEARCH_TABLES.flatMap((table) => [
  `INSERT INTO ${table}(${table}, rank) VALUES ('automerge', 0)`,
  `INSERT INTO ${table}(${table}, rank) VALUES ('crisismerge', 200)`,
]);

/** For building the whole index at once, where merging as it grows is the quicker way to few segments. FTS5's own defaults. */
export const MERGE_AS_IT_GROWS = SEARCH_TABLES.flatMap((table) => [
  `INSERT INTO ${table}(${table}, rank) VALUES ('automerge', 4)`,
  `INSERT INTO ${table}(${table}, rank) VALUES ('crisismerge', 16)`,
]);

const PAUSE_MS = 1_000;
/** Index pages a step merges: about 5 ms. */
const STEP_PAGES = 60;

/** One step of merging. False when there is nothing left to merge. */
export function mergeSearchStep(replica: Replica, pages = STEP_PAGES): boolean {
  return SEARCH_TABLES.map((table) => {
    const before = changesSoFar(replica);
    replica.sql(`INSERT INTO ${table}(${table}, rank) VALUES ('merge', ?)`).run(pages);
    // The command itself counts as one change (sqlite.org/fts5.html, the merge command).
    return changesSoFar(replica) - before >= 2;
  }).some(Boolean);
}

const changesSoFar = (replica: Replica): number => replica.sql('SELECT total_changes()').pluck().get() as number;

/** Merges the search index while nobody writes. An index that is merged costs nothing, so an idle app writes nothing. */
export class SearchTidy {
  private readonly replica: Replica;
  private readonly onMerged: () => void;
  private readonly onProblem: (error: unknown) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(replica: Replica, onMerged: () => void, onProblem: (error: unknown) => void) {
    this.replica = replica;
    this.onMerged = onMerged;
    this.onProblem = onProblem;
  }

  /** Something was written: wait for the next pause. */
  later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.step(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private step(): void {
    if (!this.replica.db.open || this.replica.db.inTransaction) return;
    try {
      if (!mergeSearchStep(this.replica)) return;
      this.onMerged();
      this.timer = setTimeout(() => this.step(), 0);
    } catch (error) {
      // On a full disk, say. It can wait for the pause after the next write.
      this.onProblem(error);
    }
  }
}
