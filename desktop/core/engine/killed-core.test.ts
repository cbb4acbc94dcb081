import { expect, test } from 'vitest';
import { killScript } from '../testing/kill-script.ts';
import { KilledProfile } from '../testing/killed-profile.ts';

const RUNS = Number(process.env['KILL_RUNS'] ?? 24);
const FIRST = Number(process.env['KILL_SEED'] ?? 2026);
/** Scripts that run beside each other: a core that starts up keeps one processor busy. */
const BESIDE = 3;

test(
  'a core killed at any moment loses nothing it has acknowledged, sends nothing twice, and ends equal to the server',
  { timeout: RUNS * 20_000 },
  async () => {
    const seeds = Array.from({ length: RUNS }, (_, i) => FIRST + i);
    let kills = 0;
    let acknowledged = 0;
    const runOne = async (seed: number) => {
      const profile = new KilledProfile();
      try {
        await profile.start();
        for (const life of killScript(seed)) await profile.live(life);
        await profile.settle();
        profile.check();
      } catch (error) {
        throw new Error(`seed ${seed} (KILL_SEED=${seed} KILL_RUNS=1): ${String(error)}`, { cause: error });
      } finally {
        await profile.end();
      }
      kills += profile.kills;
      acknowledged += profile.acknowledged.size;
    };
    const worker = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await runOne(seed);
    };
    await Promise.all(Array.from({ length: BESIDE }, worker));
    console.log(`${RUNS} scripts from seed ${FIRST}: ${kills} kills, ${acknowledged} writes acknowledged`);
    // Scripts in which nothing was acknowledged would prove nothing.
    expect(acknowledged).toBeGreaterThan(RUNS);
  },
);
