import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { FAULT_PATHS, type FaultPath } from '../testing/fault-paths.ts';
import { makeOlder } from '../testing/fault-scenes.ts';
import { FaultPoints, type Fault } from '../testing/fault-points.ts';
import { assertSound, readWhole } from '../testing/replica-state.ts';

// Dozens of replicas are opened in each test, one of them on a disk.
vi.setConfig({ testTimeout: 60_000 });

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

for (const one of FAULT_PATHS)
  for (const how of ['crash', 'full disk'] as const)
    test(`${one.title}: a ${how} at any statement leaves it sound, and going on ends as if nothing had happened`, () => {
      const { image, points, whole } = prepare(one);
      const check = checker();
      for (const nth of points) {
        let replica = open(image);
        const failed = faults.failAt(nth, how, () => one.work(replica));
        expect(failed, `point ${nth}`).toBe(true);
        try {
          replica = after(how, replica);
          check(replica);
          one.work(replica);
          const state = check(replica);
          if (state !== whole) expect(JSON.parse(state)).toEqual(JSON.parse(whole));
        } catch (error) {
          throw new Error(`after a ${how} at point ${nth}: ${String(error)}`, { cause: error });
        }
        replica.close();
      }
    });

test('a failure at any statement that brings an older file up to date leaves it as it was, and the next start does it', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'replica-'));
  const file = path.join(dir, 'replica.sqlite');
  const replica = open(empty);
  makeOlder(replica);
  const image = replica.db.serialize();
  replica.close();
  const put = () => {
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    writeFileSync(file, image);
  };
  put();
  let opened: Replica | undefined;
  const points = faults.record(() => (opened = openReplica(file)));
  assertSound(opened as Replica);
  const whole = readWhole(opened as Replica);
  opened?.close();
  for (const nth of points) {
    put();
    expect(
      faults.failAt(nth, 'full disk', () => openReplica(file).close()),
      `point ${nth}`,
    ).toBe(true);
    const again = openReplica(file);
    assertSound(again);
    expect(readWhole(again)).toEqual(whole);
    again.close();
  }
  rmSync(dir, { recursive: true });
});
