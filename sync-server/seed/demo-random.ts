/** Numbers that look random and are the same on every run (mulberry32). */
export function createDemoRandom(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    /** A whole number below `end`. */
    below: (end: number): number => Math.floor(next() * end),
    pick: <T>(from: readonly [T, ...T[]]): T => from[Math.floor(next() * from.length)] ?? from[0],
    chance: (share: number): boolean => next() < share,
  };
}

export type DemoRandom = ReturnType<typeof createDemoRandom>;
