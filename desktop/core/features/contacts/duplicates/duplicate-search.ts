import {
  findDuplicates,
  type DuplicateFace,
  type DuplicatePair,
} from '../../../../../shared/contacts/duplicates/find-duplicates.ts';
import { isBeingBuilt } from '../match-contacts.ts';
import type { ReadConnection } from '../../../replica/read-connection.ts';

/** Of reading at a time, about as long as a slice of searching takes. */
const READ_SLICE = 4_000;
/** How much of a question may be spent on the search: a screen that asks meanwhile does not notice. */
const TURN_MS = 30;
/** So many contacts are searched once without anybody asking for it: their search costs a few seconds. */
const SMALL = 50_000;
/** A search over again after changes, no more often than this. */
const AGAIN_MS = 60_000;

type Search = {
  faces: DuplicateFace[];
  lastRid: number;
  running: Generator<number, DuplicatePair[]> | null;
  share: number;
};

/** Looks for duplicates a turn at a time. What the last whole search found is told until the next one is through. */
export class DuplicateSearch {
  private readonly db: ReadConnection;
  private search: Search | null = null;
  private found: DuplicatePair[] = [];
  private isDone = false;
  private doneAt = 0;
  private doneWith = -1;

  constructor(db: ReadConnection) {
    this.db = db;
  }

  /** What the last whole search found; null before there was one. Goes on with the first one, where it is a matter of seconds. */
  known(now: () => number): { share: number; pairs: readonly DuplicatePair[] | null } {
    if (this.isDone) return { share: 1, pairs: this.found };
    // While the contacts arrive for the first time there is little to find yet.
    if (isBeingBuilt(this.db)) return { share: 0, pairs: null };
    if (!this.search && !this.isSmall()) return { share: 1, pairs: null };
    const { share } = this.turn(now);
    return { share, pairs: this.isDone ? this.found : null };
  }

  private isSmall(): boolean {
    const last = this.db.sql('SELECT max(rid) FROM contacts').pluck().get() as number | null;
    return (last ?? 0) <= SMALL;
  }

  /** One turn. Answers the share that is done and what is known so far. */
  turn(now: () => number): { share: number; pairs: readonly DuplicatePair[] } {
    if (this.isDone && (this.newestChange() === this.doneWith || now() - this.doneAt < AGAIN_MS))
      return { share: 1, pairs: this.found };
    const search = (this.search ??= this.begin());
    const until = performance.now() + TURN_MS;
    while (this.search && performance.now() < until) this.step(search, now);
    // While it is searched over again, what was found stands.
    return { share: this.search ? search.share : 1, pairs: this.found };
  }

  private begin(): Search {
    this.doneWith = this.newestChange();
    return { faces: [], lastRid: 0, running: null, share: 0 };
  }

  private step(search: Search, now: () => number): void {
    if (search.running === null) {
      const rows = this.db
        .sql(
          `SELECT rid, id, first_name AS firstName, last_name AS lastName, company, phone, email FROM contacts
             WHERE rid > ? ORDER BY rid LIMIT ${READ_SLICE}`,
        )
        .all(search.lastRid) as (DuplicateFace & { rid: number })[];
      search.faces.push(...rows);
      search.lastRid = rows.at(-1)?.rid ?? search.lastRid;
      search.share = Math.min(0.2, search.faces.length / 500_000);
      if (rows.length < READ_SLICE) search.running = findDuplicates(search.faces);
      return;
    }
    const next = search.running.next();
    if (next.done !== true) {
      search.share = 0.2 + next.value * 0.8;
      return;
    }
    this.found = next.value;
    this.isDone = true;
    this.doneAt = now();
    this.search = null;
  }

  private newestChange(): number {
    return (this.db.sql('SELECT max(n) FROM contact_change').pluck().get() as number | null) ?? 0;
  }
}
