/** A set of rids: bit `rid & 31` of word `rid >>> 5`. */
export type Bits = Uint32Array;

export const bitsFor = (capacity: number): Bits => new Uint32Array((capacity + 31) >>> 5);

export const hasBit = (bits: Bits, rid: number): boolean => (((bits[rid >>> 5] ?? 0) >>> (rid & 31)) & 1) === 1;

export function setBit(bits: Bits, rid: number, value: boolean): void {
  const mask = 1 << (rid & 31);
  const word = bits[rid >>> 5] ?? 0;
  bits[rid >>> 5] = value ? word | mask : word & ~mask;
}

/** `into` keeps what is in `other` too. */
export function intersect(into: Bits, other: Bits): Bits {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) & (other[i] ?? 0);
  return into;
}

export function unite(into: Bits, other: Bits): Bits {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) | (other[i] ?? 0);
  return into;
}

/** Also sets bits beyond the last contact: whoever counts intersects with those who are there. */
export function invert(bits: Bits): Bits {
  for (let i = 0; i < bits.length; i += 1) bits[i] = ~(bits[i] ?? 0);
  return bits;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) count += popCount(word);
  return count;
}

/** Bits of a word, by adding them up in parallel (Warren, Hacker’s Delight, 5-1). */
function popCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The rids of a set, ascending. */
export function ridsOfBits(bits: Bits): Int32Array {
  const rids = new Int32Array(countBits(bits));
  let at = 0;
  forEachBit(bits, (rid) => {
    rids[at] = rid;
    at += 1;
  });
  return rids;
}

export function forEachBit(bits: Bits, see: (rid: number) => void): void {
  for (let i = 0; i < bits.length; i += 1)
    for (let word = bits[i] ?? 0; word !== 0; word &= word - 1) see((i << 5) + 31 - Math.clz32(word & -word));
}

export function grown(bits: Bits, capacity: number): Bits {
  const more = bitsFor(capacity);
  more.set(bits.subarray(0, more.length));
  return more;
}

/** Of these rids, for a store that has room for `size`. */
export function toBits(rids: readonly number[], size: number): Bits {
  const bits = bitsFor(Math.max(size, (rids.at(-1) ?? 0) + 1));
  for (const rid of rids) setBit(bits, rid, true);
  return bits;
}
