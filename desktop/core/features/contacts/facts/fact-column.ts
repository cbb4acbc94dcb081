import type { Cell } from '../../../replica/cells.ts';
import { type Bits, bitsFor, forEachBit } from './bits.ts';

/** One fact about every contact, by rid. */
export interface FactColumn {
  put: (rid: number, cell: Cell) => void;
  grow: (capacity: number) => void;
  bytes: () => number;
}

/** More different values than this are no dictionary any more. */
const MOST_VALUES = 250_000;

/**
 * A fact with few different values, each kept once and named by a number: a condition looks at every value once, not at every contact.
 * Number 0 is what contacts without a value have.
 */
export class ValueColumn<V> implements FactColumn {
  private readonly read: (cell: Cell) => V;
  private readonly numbers = new Map<Cell, number>();
  private readonly values: V[];
  private codes: Uint16Array | Uint32Array;

  constructor(capacity: number, read: (cell: Cell) => V) {
    this.read = read;
    this.codes = new Uint16Array(capacity);
    this.values = [read(null)];
    this.numbers.set(null, 0);
  }

  /** Too many different values: whoever asks is better served by SQL. */
  get isFull(): boolean {
    return this.values.length > MOST_VALUES;
  }

  put(rid: number, cell: Cell): void {
    // First the number: to make it may widen the array that it is written to.
    const number = this.numbers.get(cell) ?? this.add(cell);
    this.codes[rid] = number;
  }

  private add(cell: Cell): number {
    if (this.isFull) return 0;
    const number = this.values.push(this.read(cell)) - 1;
    this.numbers.set(cell, number);
    if (number === 0x1_00_00) this.codes = Uint32Array.from(this.codes);
    return number;
  }

  where(holds: (value: V) => boolean): Bits {
    const table = Uint8Array.from(this.values, (value) => (holds(value) ? 1 : 0));
    const { codes } = this;
    const bits = bitsFor(codes.length);
    for (let i = 0; i < bits.length; i += 1) {
      let word = 0;
      const from = i << 5;
      for (let bit = 0; bit < 32; bit += 1) word |= (table[codes[from + bit] ?? 0] ?? 0) << bit;
      bits[i] = word;
    }
    return bits;
  }

  /** How many of `among` have each value; values that nobody has are left out. */
  countValues(among: Bits): { value: V; count: number }[] {
    const counts = new Uint32Array(this.values.length);
    const { codes } = this;
    forEachBit(among, (rid) => {
      const code = codes[rid] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    });
    return this.values.flatMap((value, code) => {
      const count = counts[code] ?? 0;
      return count > 0 ? [{ value, count }] : [];
    });
  }

  /** How many of `among` have each value, and what `amounts` of theirs add up to. */
  sumValues(among: Bits, amounts: NumberColumn): Map<V, { count: number; sum: number }> {
    const sums = new Float64Array(this.values.length);
    const counts = new Uint32Array(this.values.length);
    forEachBit(among, (rid) => {
      const code = this.codes[rid] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
      sums[code] = (sums[code] ?? 0) + amounts.at(rid);
    });
    return new Map(this.values.map((value, code) => [value, { count: counts[code] ?? 0, sum: sums[code] ?? 0 }]));
  }

  grow(capacity: number): void {
    const more = this.codes instanceof Uint16Array ? new Uint16Array(capacity) : new Uint32Array(capacity);
    more.set(this.codes);
    this.codes = more;
  }

  /** A value is taken for a hundred bytes with its place in the dictionary. */
  bytes(): number {
    return this.codes.byteLength + this.values.length * 100;
  }
}

/** A fact that is a number or a moment: there may be as many as contacts. */
export class NumberColumn implements FactColumn {
  private numbers: Float64Array;

  constructor(capacity: number) {
    this.numbers = new Float64Array(capacity).fill(Number.NaN);
  }

  put(rid: number, cell: Cell): void {
    this.numbers[rid] = cell === null ? Number.NaN : Number(cell);
  }

  /** Nothing counts as none. */
  at(rid: number): number {
    return this.numbers[rid] || 0;
  }

  sum(among: Bits): number {
    let sum = 0;
    forEachBit(among, (rid) => {
      sum += this.at(rid);
    });
    return sum;
  }

  /** Both ends count. Contacts without a value are never meant: NaN is in no range. */
  within(min: number, max: number): Bits {
    const { numbers } = this;
    const bits = bitsFor(numbers.length);
    for (let i = 0; i < bits.length; i += 1) {
      let word = 0;
      const from = i << 5;
      const to = Math.min(32, numbers.length - from);
      for (let bit = 0; bit < to; bit += 1) {
        const value = numbers[from + bit] ?? Number.NaN;
        if (value >= min && value <= max) word |= 1 << bit;
      }
      bits[i] = word;
    }
    return bits;
  }

  grow(capacity: number): void {
    const more = new Float64Array(capacity).fill(Number.NaN);
    more.set(this.numbers);
    this.numbers = more;
  }

  bytes(): number {
    return this.numbers.byteLength;
  }
}
