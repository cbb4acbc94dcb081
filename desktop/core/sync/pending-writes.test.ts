import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { SimulatedDevice } from '../testing/simulated-device.ts';
import { SIM_TABLES, SimulatedServer } from '../testing/simulated-server.ts';
import { replay, type RowPatch } from './settle.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 500);
const IDS = ['c1', 'c2', 'c3', 'c4'];
const COLUMNS = { contacts: ['company', 'firstName'], notes: ['body'] } as const;
type Editable = keyof typeof COLUMNS;

const table = fc.constantFrom<Editable>('contacts', 'contacts', 'notes');
const anyTable = fc.constantFrom(...SIM_TABLES);
const edit = fc.record({
  table,
  kind: fc.constantFrom('set' as const, 'set' as const, 'set' as const, 'insert' as const, 'delete' as const),
  ids: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
  column: fc.nat(1),
});
const device = fc.nat(1);
const crash = fc.option(fc.integer({ min: 1, max: 25 }), { freq: 4 });
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('local'),
      device,
      crash,
      edits: fc.array(edit, { minLength: 1, maxLength: 2 }),
      refuse: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('other'), edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('push'),
      device,
      crash,
      fate: fc.constantFrom('reply' as const, 'lose' as const, 'keep' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('late'), device, crash, which: fc.nat(20) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('pull'),
      device,
      crash,
      table: anyTable,
      count: fc.integer({ min: 0, max: 6 }),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('redeliver'),
      device,
      crash,
      table: anyTable,
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rotate'), device, crash, table: anyTable, back: fc.nat(8) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Some rows to begin with, so that edits meet them. */
function serverWithRows(): SimulatedServer {
  const server = new SimulatedServer();
  for (const table of ['contacts', 'notes'] as const)
    for (const id of IDS.slice(0, 3))
      server.commit([
        { kind: 'insert', table, id: `${table}-${id}`, values: { [COLUMNS[table][0]]: `seed ${table} ${id}` } },
      ]);
  return server;
}

class World {
  readonly server = serverWithRows();
  readonly devices = [new SimulatedDevice(this.server, 'a'), new SimulatedDevice(this.server, 'b')];
  private shown = new Map<string, Record<string, unknown>>();
  private count = 0;

  private patchesOf(edits: readonly (typeof edit extends fc.Arbitrary<infer E> ? E : never)[]): Patch[] {
    return edits.map(({ table, kind, ids, column }): Patch => {
      const key = COLUMNS[table][column % COLUMNS[table].length] ?? 'body';
      this.count += 1;
      const named = ids.map((i) => `${table}-${IDS[i]}`);
      if (kind === 'delete') return { kind, table, ids: named };
      const values = { [key]: `v${this.count}` };
      return kind === 'insert' ? { kind, table, id: named[0] ?? '', values } : { kind, table, ids: named, values };
    });
  }

  run(act: Action): void {
    const at = 'device' in act ? this.devices[act.device] : undefined;
    if (at && 'crash' in act && act.crash) at.crashAfter(act.crash);
    if (act.do === 'other' && 'edits' in act) this.server.commit(this.patchesOf(act.edits));
    if (at && act.do === 'local' && 'refuse' in act) {
      const patches = this.patchesOf(act.edits);
      at.write(`w${this.count}`, patches, act.refuse, this.count);
    }
    if (at && 'fate' in act) at.push(act.fate);
    if (at && 'which' in act && at.late.length > 0) {
      const [decision] = at.late.splice(act.which % at.late.length, 1);
      if (decision) at.hear(decision);
    }
    if (at && 'stale' in act) at.pull(act.table, act.count, act.stale);
    if (at && act.do === 'redeliver' && 'count' in act) at.pullWithoutResume(act.table, act.count);
    if (at && 'back' in act) at.rotate(act.table, act.back);
  }

  check(): void {
    for (const device of this.devices) {
      this.checkShownIsReplay(device);
      this.checkNothingIsLost(device);
      const { db } = device.replica;
      const unbased = `SELECT tbl, id FROM pending_target EXCEPT SELECT tbl, id FROM pending_base`;
      const untargeted = `SELECT tbl, id FROM pending_base EXCEPT SELECT tbl, id FROM pending_target`;
      expect([...db.prepare(unbased).all(), ...db.prepare(untargeted).all()]).toEqual([]);
      for (const fts of ['contacts_prefix', 'contacts_trigram'])
        db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
    }
  }

  private checkShownIsReplay(device: SimulatedDevice): void {
    const { db } = device.replica;
    for (const name of ['contacts', 'notes'] as const) {
      const pending = db
        .prepare(
          'SELECT w.write_id, p.part FROM pending_patch p JOIN pending_write w USING (seq) WHERE tbl = ? ORDER BY seq, part',
        )
        .all(name) as { write_id: string; part: number }[];
      for (const short of IDS) {
        const id = `${name}-${short}`;
        const row = db.prepare(`SELECT * FROM ${name} WHERE id = ?`).get(id) as Record<string, unknown> | undefined;
        const patches = pending.flatMap(({ write_id: writeId, part }) => {
          const patch = device.written.get(writeId)?.patches[part];
          if (!patch || !(patch.kind === 'insert' ? [patch.id] : patch.ids).includes(id)) return [];
          const cells =
            patch.kind === 'delete'
              ? {}
              : Object.fromEntries(Object.entries(patch.values).map(([k, v]) => [toColumnName(k), v as string]));
          return [{ kind: patch.kind, cells } satisfies RowPatch];
        });
        const server = device.seen.get(name)?.get(id) as Record<string, string> | undefined;
        const expected = replay(id, server ?? null, patches);
        expect(row === undefined, `${id} is shown or not`).toBe(expected === null);
        for (const key of COLUMNS[name]) {
          const column = toColumnName(key);
          if (row) expect(row[column] ?? null, `${id}.${column}`).toBe(expected?.[column] ?? null);
        }
        this.checkNoFlicker(device, id, row);
      }
    }
  }

  /** What a person sees never becomes older, unless their own edit was refused. */
  private checkNoFlicker(device: SimulatedDevice, id: string, row: Record<string, unknown> | undefined): void {
    const key = `${this.devices.indexOf(device)} ${id}`;
    const before = this.shown.get(key);
    if (row) this.shown.set(key, row);
    else this.shown.delete(key);
    if (!before || !row) return;
    // Scripts insert ids that the server may have already, which people cannot: their ids are new, or say the same on every device.
    // Which of the two rows shows changes then by design, so age says nothing.
    const inserted = [...device.written.values()].some(({ patches }) =>
      patches.some((p) => p.kind === 'insert' && p.id === id),
    );
    if (inserted) return;
    for (const column of ['company', 'first_name', 'body']) {
      const [was, is] = [before[column], row[column]];
      if (typeof was !== 'string' || was === is || this.isTakenBack(device, was)) continue;
      const age = (value: unknown) => (typeof value === 'string' ? (this.server.ageOf.get(value) ?? Infinity) : -1);
      // The server deleted that row meanwhile: one that comes back under its id is another row, not an older one.
      if (age(was) <= (this.server.deletedAt.get(id) ?? -1)) continue;
      expect(age(is), `${id}.${column} went from ${was} to ${String(is)}`).toBeGreaterThanOrEqual(age(was));
    }
  }

  /** Refused, or an insert that found the server's own row already there: that row is the better one. */
  private isTakenBack(device: SimulatedDevice, value: string): boolean {
    const inserts = [...device.written.values()].flatMap(({ patches }) => patches.filter((p) => p.kind === 'insert'));
    if (!this.server.ageOf.has(value) && JSON.stringify(inserts).includes(`"${value}"`)) return true;
    const refused = device.replica.db.prepare('SELECT write_id FROM refused_write').pluck().all() as string[];
    return refused.some((writeId) => JSON.stringify(device.written.get(writeId)?.patches).includes(`"${value}"`));
  }

  private checkNothingIsLost(device: SimulatedDevice): void {
    const { db } = device.replica;
    const known = new Set([
      ...(db.prepare('SELECT write_id FROM pending_write').pluck().all() as string[]),
      ...(db.prepare('SELECT write_id FROM refused_write').pluck().all() as string[]),
    ]);
    for (const writeId of device.written.keys())
      if (this.server.decisions.get(writeId)?.status !== 'accepted') expect(known).toContain(writeId);
  }

  /** The line is good again: everything arrives, nothing waits, all agree. */
  finish(): void {
    // Twice: what the first push changes has to travel to both.
    for (let round = 0; round < 3; round += 1)
      for (const device of this.devices) {
        device.push('reply');
        for (const name of SIM_TABLES) {
          device.pull(name, 1_000, false);
          this.check();
        }
        for (const name of SIM_TABLES) device.pull(name, 1_000, false);
      }
    for (const device of this.devices) {
      const { db } = device.replica;
      for (const left of ['pending_write', 'pending_patch', 'pending_target', 'pending_base'])
        expect(db.prepare(`SELECT * FROM ${left}`).all(), left).toEqual([]);
      for (const name of ['contacts', 'notes'] as const)
        for (const key of COLUMNS[name]) {
          const column = toColumnName(key);
          const here = db.prepare(`SELECT id, ${column} AS cell FROM ${name} ORDER BY id`).all();
          const there = [...this.server.table(name).values()].map((row) => ({
            id: row['id'],
            cell: row[column] ?? null,
          }));
          expect(here).toEqual(there.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)));
        }
      const told = db.prepare('SELECT write_id FROM refused_write WHERE because_of IS NULL').pluck().all() as string[];
      const refused = [...device.written.keys()].filter((id) => this.server.decisions.get(id)?.status === 'refused');
      expect(new Set(told)).toEqual(new Set(refused));
    }
    expect([...this.server.appliedTimes.values()].every((times) => times === 1)).toBe(true);
  }
}

test(
  'two replicas and the server agree after any mix of edits, lost replies, cuts, crashes and rotations',
  { timeout: 600_000 },
  () => {
    const seed = Number(process.env['MODEL_SEED'] ?? 2026);
    console.log(`model seed ${seed}, ${RUNS} scripts`);
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 60 }), (actions) => {
        const world = new World();
        for (const act of actions) {
          world.run(act);
          world.check();
        }
        world.finish();
        for (const { replica } of world.devices) replica.close();
      }),
      { numRuns: RUNS, seed },
    );
  },
);
