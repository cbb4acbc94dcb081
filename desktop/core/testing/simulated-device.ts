import type { Patch } from '../../../shared/protocol/patch.ts';
import type { Replica } from '../replica/open-replica.ts';
import { openReplica, replicaOver } from '../replica/open-replica.ts';
import { applySlice, finishTable, type ShapeMessage } from '../sync/apply-messages.ts';
import { writeLocally } from '../sync/local-write.ts';
import { acceptWrite, refuseWrite, takeForPush } from '../sync/outbox.ts';
import { SIM_TABLES, type Decision, type SimTable, type SimulatedServer } from './simulated-server.ts';

class Failure extends Error {}

/** An empty replica, made once: three are opened for every script. */
const EMPTY = (() => {
  const replica = openReplica(':memory:');
  const image = replica.db.serialize();
  replica.close();
  return image;
})();
type Shape = {
  snapshot: ShapeMessage[];
  from: number;
  reached: number;
  copy: Map<string, Record<string, unknown>> | null;
};

/** A replica under test with the line between it and the server, which loses, repeats, reorders and cuts. */
export class SimulatedDevice {
  replica: Replica;
  readonly shapes = new Map<SimTable, Shape>();
  /** Our own reading of what the server has told: the oracle's, not the engine's. */
  readonly seen = new Map<SimTable, Map<string, Record<string, unknown>>>();
  readonly written = new Map<string, { patches: readonly Patch[]; refuse: boolean }>();
  readonly late: Decision[] = [];
  private readonly server: SimulatedServer;
  private readonly name: string;
  private failIn = Infinity;
  private failure: 'crash' | 'full disk' = 'crash';
  private merge: { table: SimTable; steps: Generator<void> } | null = null;
  /** What the table showed before the copy that is taking over. */
  readonly before = new Map<SimTable, Map<string, Record<string, unknown>>>();

  constructor(server: SimulatedServer, name: string) {
    this.server = server;
    this.name = name;
    this.replica = this.watch(openReplica(EMPTY));
    for (const table of SIM_TABLES) {
      this.seen.set(table, new Map());
      this.shapes.set(table, { ...server.openShape(table, 0), reached: 0, copy: null });
    }
  }

  /** The nth statement from now fails: the process dies there, or only the disk is full. */
  failAfter(statements: number, how: 'crash' | 'full disk'): void {
    this.failIn = statements;
    this.failure = how;
  }

  private watch(replica: Replica): Replica {
    // Whatever touches two rows goes the way of many.
    replica.bulkFrom = 1;
    const prepare = replica.sql;
    replica.sql = (text) => {
      this.failIn -= 1;
      if (this.failIn <= 0) throw new Failure();
      return prepare(text);
    };
    return replica;
  }

  /** Runs one event. A failure undoes what was not committed; a crash also forgets what was only in memory. */
  private survive(event: () => void): boolean {
    try {
      event();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.merge = null;
      if (this.failure === 'crash') this.replica = this.watch(replicaOver(this.replica.db));
      return false;
    } finally {
      this.failIn = Infinity;
    }
  }

  /** Does some of what is left to do when a new copy is whole. Answers whether nothing is left. */
  mergeSteps(table: SimTable, steps: number): boolean {
    let done = false;
    this.survive(() => {
      if (this.merge?.table !== table) this.merge = { table, steps: finishTable(this.replica, table, 1) };
      for (let i = 0; i < steps && !done; i += 1) done = this.merge.steps.next().done === true;
      if (done) this.merge = null;
    });
    return done;
  }

  isMerging(table: SimTable): boolean {
    return this.replica.merging.has(table);
  }

  write(writeId: string, patches: readonly Patch[], refuse: boolean, at: number): void {
    const done = this.survive(() =>
      writeLocally(this.replica, { writeId, name: 'test', input: {}, madeAt: at, unit: writeId, patches, marks: [] }),
    );
    if (done) this.written.set(writeId, { patches, refuse });
  }

  /** Sends the outbox. `lose` drops the reply, `keep` holds it back to come late and out of order. */
  push(fate: 'reply' | 'lose' | 'keep'): void {
    let writes: { writeId: string }[] = [];
    if (!this.survive(() => void (writes = takeForPush(this.replica)))) return;
    const decisions = writes.map(({ writeId }) => {
      const write = this.written.get(writeId);
      if (!write) throw new Error(`never written: ${writeId}`);
      return this.server.push(this.name, { writeId, ...write });
    });
    if (fate === 'keep') this.late.push(...decisions);
    if (fate === 'reply') for (const decision of decisions) this.hear(decision);
  }

  hear(decision: Decision): void {
    const { writeId, status, lsn } = decision;
    this.survive(() =>
      status === 'accepted'
        ? acceptWrite(this.replica, writeId, lsn, false)
        : refuseWrite(this.replica, writeId, { code: 'conflict', message: 'no' }),
    );
  }

  /** Delivers up to `count` messages of a shape; `stale` claims that this was all although more exists. */
  pull(table: SimTable, count: number, stale: boolean): void {
    const shape = this.shapes.get(table);
    if (!shape) return;
    if (this.isMerging(table) && !this.mergeSteps(table, Infinity)) return;
    const stream = this.stream(table);
    const from = Number(stream.offset ?? 0);
    const log = (this.server.log[table] ?? []).slice(shape.from);
    const all = [...shape.snapshot, ...log.map(({ message }) => message)];
    const whole = Math.min(all.length, from + count);
    // A lagging server stops at an earlier transaction and says that this was all.
    const earlier = all.findLastIndex(({ headers }, i) => i >= from && i < whole - 1 && headers.last === true) + 1;
    const end = stale && earlier > from ? earlier : whole;
    const batch = all.slice(from, end);
    const atEnd = end === all.length;
    const lastLsn = Number(all[end - 1]?.headers.lsn ?? 0);
    const endsTx = all[end - 1]?.headers.last === true;
    const said = atEnd ? this.server.lsn : lastLsn;
    const messages = structuredClone(batch);
    if (atEnd || (stale && endsTx))
      messages.push({ headers: { control: 'up-to-date', global_last_seen_lsn: String(said) } });
    const done = this.survive(() => applySlice(this.replica, table, messages, { handle: 'h', offset: String(end) }));
    if (!done) return;
    this.read(table, shape, all, end);
    // A redelivery may have read further than this answer: what it read is in the copy too.
    const readLsn = Number(all[shape.reached - 1]?.headers.lsn ?? 0);
    if (shape.copy && messages.at(-1)?.headers.control && Math.max(said, readLsn) >= stream.lsn) {
      this.before.set(table, this.seen.get(table) ?? new Map());
      this.seen.set(table, shape.copy);
      shape.copy = null;
    }
  }

  private read(table: SimTable, shape: Shape, all: readonly ShapeMessage[], end: number): void {
    const rows = shape.copy ?? this.seen.get(table);
    for (const { value, headers } of all.slice(shape.reached, end)) {
      const id = String(value?.['id']);
      if (headers.operation === 'delete') rows?.delete(id);
      else rows?.set(id, { ...(headers.operation === 'update' ? rows.get(id) : {}), ...value });
    }
    shape.reached = Math.max(shape.reached, end);
  }

  /** A slice that was applied but whose resume point was not: the next delivery repeats it. */
  pullWithoutResume(table: SimTable, count: number): void {
    const shape = this.shapes.get(table);
    if (!shape) return;
    const from = Number(this.stream(table).offset ?? 0);
    const log = (this.server.log[table] ?? []).slice(shape.from);
    const all = [...shape.snapshot, ...log.map(({ message }) => message)];
    const end = Math.min(all.length, from + count);
    if (this.survive(() => applySlice(this.replica, table, structuredClone(all.slice(from, end)), null)))
      this.read(table, shape, all, end);
  }

  rotate(table: SimTable, back: number): void {
    const shape = this.server.openShape(table, back);
    const done = this.survive(() =>
      applySlice(this.replica, table, [{ headers: { control: 'must-refetch' } }], { handle: null, offset: null }),
    );
    if (done) this.shapes.set(table, { ...shape, reached: 0, copy: new Map() });
  }

  stream(table: string): { offset: string | null; lsn: number } {
    return this.replica.db.prepare('SELECT "offset", lsn FROM stream WHERE tbl = ?').get(table) as {
      offset: string | null;
      lsn: number;
    };
  }
}
