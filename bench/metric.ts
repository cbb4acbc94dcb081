/** One figure of a bench. `limit` is the raw limit or the peer measured in the same run, null where there is none. */
export type Metric = {
  name: string;
  unit: string;
  value: number;
  goal: string;
  limit: number | null;
  ok: boolean;
};

const round = (value: number): number => Number(value.toPrecision(3));

/** A figure that should not exceed `goal`. */
export const atMost = (
  name: string,
  unit: string,
  value: number,
  goal: number,
  limit: number | null = null,
): Metric => ({
  name,
  unit,
  value: round(value),
  goal: `<= ${goal}`,
  limit: limit === null ? null : round(limit),
  ok: value <= goal,
});

/** A figure that should reach `goal`. */
export const atLeast = (...metric: Parameters<typeof atMost>): Metric => {
  const [, , value, goal] = metric;
  return { ...atMost(...metric), goal: `>= ${goal}`, ok: value >= goal };
};

/** A figure that is told without a goal. */
export const told = (name: string, unit: string, value: number, limit: number | null = null): Metric => ({
  ...atMost(name, unit, value, Number.POSITIVE_INFINITY, limit),
  goal: 'none',
  ok: true,
});

/** The sample at `share` of the way from the fastest to the slowest; `percentile(ms, 0.99)`. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds of each of `count` runs, after half of them unmeasured: the product runs warm. */
export function sample(count: number, run: (i: number) => unknown): number[] {
  for (let i = 0; i < count / 2; i += 1) run(i);
  return Array.from({ length: count }, (_, i) => {
    const started = performance.now();
    run(i);
    return performance.now() - started;
  });
}

/** As `sample`, for acts that answer later. One after the other. */
export async function sampleAsync(count: number, run: (i: number) => Promise<unknown>): Promise<number[]> {
  for (let i = 0; i < count / 2; i += 1) await run(i);
  const samples: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await run(i);
    samples.push(performance.now() - started);
  }
  return samples;
}
