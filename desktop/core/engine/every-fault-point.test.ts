import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { FAULT_PATHS, type FaultPath } from '../testing/fault-paths.ts';
import { FaultPoints, type Fault } from '../testing/fault-points.ts';
import { assertSound, readWhole } from '../testing/replica-state.ts';

let faults: FaultPoints;
let empty: Buffer;
beforeAll(() => {
  const replica = openReplica(':memory:');
  empty = replica.db.serialize();
  replica.close();
  faults = new FaultPoints();
});
afterAll(() => faults.remove());

/** Whatever touches two rows goes the way of many. */
function open(image: Buffer): Replica {
  const replica = openReplica(image);
  replica.bulkFrom = 1;
  return replica;
}

/** All memory is forgotten; a full disk leaves it as it is. */
function after(how: Fault, replica: Replica): Replica {
  if (how === 'full disk') return replica;
  const image = replica.db.serialize();
  replica.close();
  return open(image);
}

function prepare({ given, work }: FaultPath) {
  const replica = open(empty);
  given(replica);
  assertSound(replica);
  const image = replica.db.serialize();
  replica.close();
  const undisturbed = open(image);
  const before = readWhole(undisturbed);
  const points = faults.record(() => work(undisturbed));
  assertSound(undisturbed);
  const whole = readWhole(undisturbed);
  undisturbed.close();
  // A path that does nothing proves nothing.
  expect(whole).not.toEqual(before);
  return { image, points, whole: JSON.stringify(whole) };
}

/** The whole check of a replica is dear, and a state that was found sound once is sound again. */
function checker() {
  const sound = new Set<string>();
  return (replica: Replica): string => {
    const state = JSON.stringify(readWhole(replica));
    const key = state + [...replica.merging].join(' ');
    if (!sound.has(key)) assertSound(replica);
    sound.add(key);
    return state;
  };
}

for (const path of FAULT_PATHS)
  for (const how of ['crash', 'full disk'] as const)
    test(`${path.title}: a ${how} at any statement leaves it sound, and going on ends as if nothing had happened`, () => {
      const { image, points, whole } = prepare(path);
      const check = checker();
      for (const nth of points) {
        let replica = open(image);
        const failed = faults.failAt(nth, how, () => path.work(replica));
        expect(failed, `point ${nth}`).toBe(true);
        try {
          replica = after(how, replica);
          check(replica);
          path.work(replica);
          const state = check(replica);
          if (state !== whole) expect(JSON.parse(state)).toEqual(JSON.parse(whole));
        } catch (error) {
          throw new Error(`after a ${how} at point ${nth}: ${String(error)}`, { cause: error });
        }
        replica.close();
      }
    });
