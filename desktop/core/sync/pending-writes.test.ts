import fc from 'fast-check';
import { test } from 'vitest';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { anyCommand, CONTACT_IDS, NOTE_IDS } from '../testing/model-operations.ts';
import { ModelWorld } from '../testing/model-world.ts';
import type { SimulatedDevice } from '../testing/simulated-device.ts';
import { SIM_TABLES } from '../testing/simulated-server.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 2_000);

const anyTable = fc.constantFrom(...SIM_TABLES, 'contacts' as const, 'contacts' as const, 'notes' as const);
const busyTable = fc.constantFrom('contacts' as const, 'contacts' as const, 'notes' as const, 'contact_tags' as const);
/** Sharper than any command: several rows, inserts over rows that are there, deletions of what is not. */
const edit = fc.record({
  table: fc.constantFrom('contacts' as const, 'contacts' as const, 'notes' as const),
  kind: fc.constantFrom('set' as const, 'set' as const, 'set' as const, 'insert' as const, 'delete' as const),
  which: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
  column: fc.nat(1),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

/** Mostly one of them, so that what belongs together happens on the same one. */
const device = fc.constantFrom(0, 0, 0, 0, 1, 2);
const failure = fc.option(
  fc.record({
    after: fc.integer({ min: 1, max: 25 }),
    how: fc.constantFrom('crash' as const, 'crash' as const, 'full disk' as const),
  }),
  { freq: 4 },
);
const refuse = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
/** Device clocks may be years off. */
const clockMs = fc.constantFrom(0, 1_700_000_000_000, 1_763_700_000_000, 4_000_000_000_000);
const does = <const D extends string, T extends object>(name: D, fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record({ do: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<{ do: D } & T>;

const action = fc.oneof(
  { weight: 5, arbitrary: does('command', { device, failure, command: anyCommand, refuse, clockMs }) },
  {
    weight: 3,
    arbitrary: does('edit', { device, failure, edits: fc.array(edit, { minLength: 1, maxLength: 2 }), refuse }),
  },
  { weight: 3, arbitrary: does('other', { edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }) },
  { weight: 4, arbitrary: does('push', { device, failure, fate: fc.constantFrom('reply', 'lose', 'keep') }) },
  { weight: 2, arbitrary: does('late', { device, failure, which: fc.nat(20) }) },
  {
    weight: 8,
    arbitrary: does('pull', {
      device,
      failure,
      table: anyTable,
      count: fc.integer({ min: 0, max: 6 }),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: does('redeliver', { device, failure, table: anyTable, count: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 3, arbitrary: does('rotate', { device, failure, table: anyTable, back: fc.nat(8) }) },
  { weight: 4, arbitrary: does('copy', { device, failure, table: busyTable, back: fc.nat(3) }) },
  { weight: 5, arbitrary: does('merge', { device, failure, which: fc.nat(5), count: fc.integer({ min: 1, max: 5 }) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

function patchesOf(world: ModelWorld, edits: readonly Edit[]): Patch[] {
  return edits.map(({ table, kind, which, column }): Patch => {
    const all = table === 'contacts' ? CONTACT_IDS : NOTE_IDS;
    const ids = which.map((i) => all[i] ?? '');
    if (kind === 'delete') return { kind, table, ids };
    const key = table === 'notes' ? 'body' : column === 0 ? 'company' : 'firstName';
    const values = { [key]: world.nextText() };
    return kind === 'insert' ? { kind, table, id: ids[0] ?? '', values } : { kind, table, ids, values };
  });
}

function run(world: ModelWorld, act: Action): void {
  if (act.do === 'other') return void world.server.commit(patchesOf(world, act.edits));
  const at = world.devices[act.device] as SimulatedDevice;
  if (act.failure) at.failAfter(act.failure.after, act.failure.how);
  switch (act.do) {
    case 'command':
      world.command(at, act.command.name, act.command.input, act.refuse, act.clockMs);
      break;
    case 'edit':
      world.write(at, patchesOf(world, act.edits), act.refuse);
      break;
    case 'push':
      at.push(act.fate as 'reply' | 'lose' | 'keep');
      break;
    case 'late': {
      const [decision] = at.late.splice(act.which % Math.max(1, at.late.length), 1);
      if (decision) at.hear(decision);
      break;
    }
    case 'pull':
      at.pull(act.table, act.count, act.stale);
      break;
    case 'redeliver':
      at.pullWithoutResume(act.table, act.count);
      break;
    case 'rotate':
      at.rotate(act.table, act.back);
      break;
    case 'copy':
      // A new copy, whole at once: what follows meets it while it takes over.
      at.rotate(act.table, act.back);
      at.pull(act.table, 10_000, false);
      break;
    case 'merge': {
      const merging = SIM_TABLES.filter((table) => at.isMerging(table));
      const table = merging[act.which % Math.max(1, merging.length)];
      if (table) at.mergeSteps(table, act.count);
    }
  }
  at.failAfter(Infinity, 'crash');
  world.check(at);
}

test(
  'three replicas and the server agree after any mix of commands, lost replies, cuts, crashes, full disks and rotations',
  { timeout: 900_000 },
  () => {
    const seed = Number(process.env['MODEL_SEED'] ?? 2026);
    console.log(`model seed ${seed}, ${RUNS} scripts`);
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 60 }), (actions) => {
        const world = new ModelWorld();
        try {
          for (const act of actions) run(world, act);
          world.finish();
        } finally {
          world.close();
        }
      }),
      { numRuns: RUNS, seed },
    );
  },
);
