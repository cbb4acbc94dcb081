import type { PreparedRule, SegmentTest } from '../../../../../shared/segments/prepare-rule.ts';
import { segmentToSql } from '../../../../../shared/segments/sql/segment-to-sql.ts';
import { joinSql, sql, toSqlite, type SqlText } from '../../../../../shared/segments/sql/sql-text.ts';
import type { ReadConnection } from '../../../replica/read-connection.ts';
import {
  type Bits,
  bitsFor,
  countBits,
  grown,
  hasBit,
  intersect,
  invert,
  ridsOfBits,
  setBit,
  toBits,
  unite,
} from './bits.ts';
import { FactStore, type Changed } from './fact-store.ts';
import { factsOf } from './fact-source.ts';
import { whoMeets } from './fact-test.ts';

/** Answers of SQL that are kept, an eighth of a byte a contact each. */
const KEPT_ANSWERS = 48;
/** Among so few contacts SQL is asked about these alone. */
const FEW = 5_000;

/** Of more changes than this, asking anew is quicker than asking about each. */
const MOST_FOLLOWED = 500;

type Answer = { condition: SqlText; bits: Bits };

/**
 * Whom a rule means, from facts in memory where there are any and from SQL where not: `status is new` looks at a column of numbers,
 * `company contains acme` at the replica, once; later only at contacts that changed. Answers are those of the replica as it is now.
 */
export class ContactFacts {
  private readonly db: ReadConnection;
  readonly store: FactStore;
  private readonly answers = new Map<string, Answer>();

  constructor(db: ReadConnection) {
    this.db = db;
    this.store = new FactStore(db, (changed) => this.follow(changed));
  }

  countRule(rule: PreparedRule): number {
    const bits = this.who(rule);
    if (bits) return countBits(bits);
    const { text, values } = toSqlite(this.toSql(rule));
    return this.db
      .sql(`SELECT count(*) FROM contacts c WHERE ${text}`)
      .pluck()
      .get(...values) as number;
  }

  /** Ascending. */
  ridsOf(rule: PreparedRule): Int32Array {
    const bits = this.who(rule);
    return bits ? ridsOfBits(bits) : Int32Array.from(this.ask(this.toSql(rule)));
  }

  /** Those of `rids` whom a rule means, in their order. */
  among(rule: PreparedRule, rids: readonly number[]): number[] {
    const bits = this.who(rule);
    if (bits) return rids.filter((rid) => hasBit(bits, rid));
    const meant = new Set(this.ask(this.toSql(rule), rids));
    return rids.filter((rid) => meant.has(rid));
  }

  /** Whom a rule means, of those who are there; null while the facts are being loaded. */
  who(rule: PreparedRule): Bits | null {
    if (!this.store.keepUp() || !this.store.present) return null;
    const found = this.evaluate(rule, null);
    return this.store.present ? intersect(found, this.store.present) : null;
  }

  /** One piece of loading, for when nobody asks anything. False when there is nothing left to load. */
  step(): boolean {
    return this.store.step();
  }

  bytes(): number {
    return this.store.bytes() + [...this.answers.values()].reduce((sum, { bits }) => sum + bits.byteLength, 0);
  }

  /** The result counts within `among` alone, where that is given. */
  private evaluate(rule: PreparedRule, among: Bits | null): Bits {
    if ('all' in rule) return this.evaluateAll(rule.all, among);
    if ('any' in rule) {
      const found = bitsFor(this.store.size);
      for (const part of rule.any) unite(found, this.evaluate(part, among));
      return found;
    }
    if ('not' in rule) return invert(this.evaluate(rule.not, among));
    if (rule.test === 'constant') return rule.value ? invert(bitsFor(this.store.size)) : bitsFor(this.store.size);
    return this.byFacts(rule) ?? this.bySql(rule, among);
  }

  /** Facts first: of what they leave, SQL may have few to look at. */
  private evaluateAll(parts: readonly PreparedRule[], among: Bits | null): Bits {
    const inMemory = (part: PreparedRule) => (this.isInMemory(part) ? 0 : 1);
    let left: Bits | null = null;
    for (const part of parts.toSorted((a, b) => inMemory(a) - inMemory(b))) {
      const found = this.evaluate(part, left ?? among);
      left = left ? intersect(left, found) : found;
    }
    return left ?? invert(bitsFor(this.store.size));
  }

  private isInMemory(rule: PreparedRule): boolean {
    if ('all' in rule) return rule.all.every((part) => this.isInMemory(part));
    if ('any' in rule) return rule.any.every((part) => this.isInMemory(part));
    if ('not' in rule) return this.isInMemory(rule.not);
    if (rule.test === 'constant') return true;
    const source = factsOf(rule);
    return source !== null && this.store.find(source) !== null;
  }

  private byFacts(test: SegmentTest): Bits | null {
    const source = factsOf(test);
    const column = source && this.store.find(source);
    return column ? whoMeets(test, column) : null;
  }

  private bySql(test: SegmentTest, among: Bits | null): Bits {
    const key = JSON.stringify(test);
    const known = this.answers.get(key);
    if (known) {
      this.answers.delete(key);
      this.answers.set(key, known);
      return known.bits.slice();
    }
    const condition = this.toSql(test);
    const { present, size } = this.store;
    const few = among && present ? intersect(among.slice(), present) : null;
    if (few && countBits(few) <= FEW) return toBits(this.ask(condition, ridsOfBits(few)), size);
    const bits = toBits(this.ask(condition), size);
    // Moments move on with the clock: their answer is of use once.
    if (test.test === 'range') return bits;
    this.answers.set(key, { condition, bits });
    const [oldest] = this.answers.keys();
    if (this.answers.size > KEPT_ANSWERS && oldest !== undefined) this.answers.delete(oldest);
    return bits.slice();
  }

  private ask(condition: SqlText, among?: Iterable<number>): number[] {
    const { text, values } = toSqlite(condition);
    const from = among ? 'json_each(?) j CROSS JOIN contacts c ON c.rid = j.value' : 'contacts c';
    return this.db
      .sql(`SELECT c.rid FROM ${from} WHERE ${text} ${among ? '' : 'ORDER BY c.rid'}`)
      .pluck()
      .all(...(among ? [JSON.stringify([...among])] : []), ...values) as number[];
  }

  private toSql(rule: PreparedRule): SqlText {
    return 'test' in rule && rule.test === 'search' ? this.searchSql(rule.words) : segmentToSql(rule, 'sqlite');
  }

  /** By the index of pieces of words, where the word is long enough and the index there. */
  private searchSql(words: readonly string[]): SqlText {
    const isBuilt = this.db.sql(`SELECT bulk FROM stream WHERE tbl = 'contacts'`).pluck().get() === 0;
    return joinSql(
      words.map((word) =>
        isBuilt && Array.from(word).length >= 3
          ? sql`c.rid IN (SELECT rowid FROM contacts_trigram WHERE search GLOB ${`*${word}*`})`
          : sql`instr(c.search, ${word}) > 0`,
      ),
      ' AND ',
    );
  }

  private follow(changed: Changed): void {
    if (changed === 'all' || changed.rids.length > MOST_FOLLOWED) return this.answers.clear();
    const { rids } = changed;
    const { size } = this.store;
    for (const answer of this.answers.values()) {
      if (answer.bits.length < size >>> 5) answer.bits = grown(answer.bits, size);
      for (const rid of rids) setBit(answer.bits, rid, false);
      for (const rid of this.ask(answer.condition, rids)) setBit(answer.bits, rid, true);
    }
  }
}
