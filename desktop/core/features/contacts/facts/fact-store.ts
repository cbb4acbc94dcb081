import type { Cell } from '../../../replica/cells.ts';
import { EVERY_CONTACT } from '../../../replica/contact-changes.ts';
import type { ReadConnection } from '../../../replica/read-connection.ts';
import { type Bits, bitsFor, grown, setBit } from './bits.ts';
import type { FactColumn } from './fact-column.ts';
import { FIRST_FACTS, type FactSource } from './fact-source.ts';

/** Contacts of one step of loading: some 50 ms in which the reader answers nobody. */
const LOAD_SLICE = 5_000;
/** Changed contacts that are looked at again before a question is answered; of more, a step at a time. */
const MOST_AT_ONCE = 5_000;
/** A replica of so many contacts is loaded at the first question: it is done before SQL would have answered. */
const SMALL = 30_000;
/** Facts kept besides the first ones. */
const KEPT_BESIDES = 8;

type Loading = { sources: FactSource[]; columns: FactColumn[]; from: number; seen: number; present: Bits | null };

/** Contacts that changed since; `all` when any may have. */
export type Changed = { rids: readonly number[] } | 'all';

/**
 * Facts about every contact in columns by rid, in the memory of the thread that reads.
 *
 *   nothing ── step … step ──▶ first facts ── a question wants others ── step … step ──▶ those too
 *      ▲                            │ each question: what changed meanwhile is read again
 *      └──── a first load, or more changes than are kept
 */
export class FactStore {
  private readonly db: ReadConnection;
  private readonly onChange: (changed: Changed) => void;
  private columns = new Map<string, FactColumn>();
  private sources = new Map<string, FactSource>();
  private wanted = new Map<string, FactSource>(FIRST_FACTS.map((source) => [source.name, source]));
  private loading: Loading | null = null;
  private seen = 0;
  private capacity = 1_024;
  /** Who is there; null until the first facts are. */
  present: Bits | null = null;

  constructor(db: ReadConnection, onChange: (changed: Changed) => void) {
    this.db = db;
    this.onChange = onChange;
  }

  /** Rids are below this. */
  get size(): number {
    return this.capacity;
  }

  /** The column of a fact, or null while it is not loaded; then it is from some step on. */
  find(source: FactSource): FactColumn | null {
    const column = this.columns.get(source.name);
    if (column) {
      // The least recently asked for go first.
      this.columns.delete(source.name);
      this.columns.set(source.name, column);
      return column;
    }
    this.wanted.set(source.name, source);
    if (!this.isSmall()) return null;
    while (this.loadStep());
    return this.columns.get(source.name) ?? null;
  }

  /** Reads again what changed. False where the facts cannot answer now: SQL must. */
  keepUp(): boolean {
    if (this.isFirstLoad() || !this.catchUp()) return false;
    if (!this.present && this.isSmall()) while (this.loadStep());
    return this.present !== null;
  }

  /** One piece of what is to be done, some 50 ms. False when there is nothing left to do. */
  step(): boolean {
    if (this.isFirstLoad()) return false;
    if (this.present && this.seen < this.newest()) {
      this.catchUp();
      return true;
    }
    return this.loadStep();
  }

  bytes(): number {
    return [...this.columns.values()].reduce((sum, column) => sum + column.bytes(), this.present?.byteLength ?? 0);
  }

  /** While a table is loaded for the first time nobody notes what changes. */
  private isFirstLoad(): boolean {
    const found = this.db
      .sql(
        `SELECT 1 FROM stream WHERE tbl IN ('contacts', 'contact_tags', 'group_members') AND bulk <> 0 AND denied = 0`,
      )
      .get();
    if (found) this.reset();
    return found !== undefined;
  }

  private newest(): number {
    return (this.db.sql('SELECT max(n) FROM contact_change').pluck().get() as number | null) ?? 0;
  }

  private isSmall(): boolean {
    const last = this.db.sql('SELECT max(rid) FROM contacts').pluck().get() as number | null;
    return (last ?? 0) <= SMALL;
  }

  private reset(): void {
    this.columns.clear();
    this.sources.clear();
    this.wanted = new Map(FIRST_FACTS.map((source) => [source.name, source]));
    this.loading = null;
    this.present = null;
    this.onChange('all');
  }

  /** Follows what changed, as far as one step reaches. False when that was not all. */
  private catchUp(): boolean {
    if (!this.present) return true;
    const newest = this.newest();
    if (newest === this.seen) return true;
    const oldest = this.db.sql('SELECT min(n) FROM contact_change').pluck().get() as number | null;
    const to = Math.min(newest, this.seen + MOST_AT_ONCE);
    const rids = this.db
      .sql('SELECT DISTINCT rid FROM contact_change WHERE n > ? AND n <= ?')
      .pluck()
      .all(this.seen, to) as number[];
    if (newest < this.seen || (oldest ?? 0) > this.seen + 1 || rids.includes(EVERY_CONTACT)) {
      this.reset();
      return true;
    }
    this.readAgain(rids);
    this.seen = to;
    return to === newest;
  }

  private readAgain(rids: readonly number[]): void {
    const { present } = this;
    if (!present) return;
    this.makeRoom(rids.reduce((last, rid) => Math.max(last, rid), 0));
    const gone = new Set(rids);
    const sources = [...this.sources.values()];
    const rows = this.select(sources, 'json_each(?) j CROSS JOIN contacts c ON c.rid = j.value', JSON.stringify(rids));
    for (const [rid, ...cells] of rows) {
      gone.delete(rid);
      setBit(this.present ?? present, rid, true);
      sources.forEach((source, i) => this.columns.get(source.name)?.put(rid, cells[i] ?? null));
    }
    for (const rid of gone) setBit(this.present ?? present, rid, false);
    this.onChange({ rids });
  }

  private loadStep(): boolean {
    this.loading ??= this.beginLoading();
    const { loading } = this;
    if (!loading) return false;
    const from = `contacts c WHERE c.rid > ? ORDER BY c.rid LIMIT ${LOAD_SLICE}`;
    const rows = this.select(loading.sources, from, loading.from);
    const last = rows.at(-1)?.[0];
    if (last !== undefined) this.makeRoom(last);
    for (const [rid, ...cells] of rows) {
      if (loading.present) setBit(loading.present, rid, true);
      for (let i = 0; i < cells.length; i += 1) loading.columns[i]?.put(rid, cells[i] ?? null);
    }
    if (rows.length === LOAD_SLICE && last !== undefined) loading.from = last;
    else this.endLoading(loading);
    return true;
  }

  private beginLoading(): Loading | null {
    const sources = [...this.wanted.values()];
    if (sources.length === 0) return null;
    return {
      sources,
      columns: sources.map(({ make }) => make(this.capacity)),
      from: 0,
      // What changes while it is read is read again.
      seen: this.newest(),
      present: this.present ? null : bitsFor(this.capacity),
    };
  }

  private endLoading({ sources, columns, seen, present }: Loading): void {
    this.seen = present ? seen : Math.min(this.seen, seen);
    if (present) this.present = present;
    sources.forEach((source, i) => {
      const column = columns[i];
      this.wanted.delete(source.name);
      this.sources.set(source.name, source);
      if (column) this.columns.set(source.name, column);
    });
    this.loading = null;
    this.forgetSome();
    this.catchUp();
  }

  private forgetSome(): void {
    const first = new Set(FIRST_FACTS.map(({ name }) => name));
    const besides = [...this.columns.keys()].filter((name) => !first.has(name));
    for (const name of besides.slice(0, Math.max(0, besides.length - KEPT_BESIDES))) {
      this.columns.delete(name);
      this.sources.delete(name);
    }
  }

  private select(sources: readonly FactSource[], from: string, argument: string | number): [number, ...Cell[]][] {
    return this.db
      .sql(`SELECT ${['c.rid', ...sources.map(({ sql }) => sql)].join(', ')} FROM ${from}`)
      .raw()
      .all(...sources.flatMap(({ values }) => values), argument) as [number, ...Cell[]][];
  }

  private makeRoom(rid: number): void {
    if (rid < this.capacity) return;
    // By an eighth more than needed: an exact fit would be made anew for every new contact.
    this.capacity = Math.ceil(((rid + 1) * 9) / 8 / 32) * 32;
    for (const column of [...this.columns.values(), ...(this.loading?.columns ?? [])]) column.grow(this.capacity);
    if (this.present) this.present = grown(this.present, this.capacity);
    if (this.loading?.present) this.loading.present = grown(this.loading.present, this.capacity);
  }
}
