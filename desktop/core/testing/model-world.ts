import { findOperation } from '../../../shared/catalog/operations.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { decodeCell, encodeCell, isSameCell, type Cells } from '../replica/cells.ts';
import { getReplicaTable } from '../replica/replica-schema.ts';
import { findServerRow, replay, type RowPatch } from '../sync/settle.ts';
import { buildSearchStep } from '../replica/search/build-search.ts';
import { FTS_TABLES } from '../replica/search/search-index.ts';
import { CONTACT_IDS, MERGE_IDS, NOTE_IDS, NOTICE_IDS, TENANT, USER, withTexts } from './model-operations.ts';
import { SimulatedDevice } from './simulated-device.ts';
import { SIM_TABLES, SimulatedServer, type SimTable } from './simulated-server.ts';

type Row = Record<string, unknown>;

function assertSame(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Some rows to begin with, so that edits meet them. */
function serverWithRows(): SimulatedServer {
  const server = new SimulatedServer();
  const put = (table: string, id: string, values: Record<string, string>) =>
    server.commit([{ kind: 'insert', table, id, values }]);
  CONTACT_IDS.slice(0, 3).forEach((id, i) => put('contacts', id, { company: `seed ${i}`, firstName: `first ${i}` }));
  NOTE_IDS.slice(0, 2).forEach((id, i) => put('notes', id, { contactId: CONTACT_IDS[i] ?? '', body: `note ${i}` }));
  for (const id of MERGE_IDS)
    put('met_changes', id, { entity: 'contact', entityId: CONTACT_IDS[0] ?? '', kind: 'merged' });
  for (const id of NOTICE_IDS) put('notifications', id, { kind: 'SMS_REPLY', status: 'UNREAD' });
  return server;
}

/** A server and three devices, with an oracle that reads the streams by itself and knows what must be shown. */
export class ModelWorld {
  readonly server = serverWithRows();
  readonly devices = ['a', 'b', 'c'].map((name) => new SimulatedDevice(this.server, name));
  private readonly shown = new Map<string, Row>();
  private count = 0;

  nextText(): string {
    this.count += 1;
    return `v${this.count}`;
  }

  /** A command of the product, as `runCommand` and the push handler would carry it out. */
  command(device: SimulatedDevice, name: string, input: Row, refuse: boolean, clockMs: number): void {
    const whole = withTexts(input, () => this.nextText());
    const patches = findOperation(name)?.patches?.(whole, { now: clockMs, userId: USER, tenantId: TENANT }) ?? [];
    this.write(device, patches, refuse);
  }

  write(device: SimulatedDevice, patches: readonly Patch[], refuse: boolean): void {
    this.count += 1;
    device.write(`w${this.count}`, patches, refuse, this.count);
  }

  check(device: SimulatedDevice): void {
    for (const table of SIM_TABLES) {
      const patches = pendingPatches(device, table);
      for (const id of this.idsOf(device, table)) this.checkRow(device, table, id, patches);
    }
    this.checkNothingIsLost(device);
    const { db } = device.replica;
    const unbased = `SELECT tbl, id FROM pending_target EXCEPT SELECT tbl, id FROM pending_base`;
    const untargeted = `SELECT tbl, id FROM pending_base EXCEPT SELECT tbl, id FROM pending_target`;
    assertSame(
      [...db.prepare(unbased).all(), ...db.prepare(untargeted).all()],
      [],
      'images without patches, or without images',
    );
  }

  checkSearch(device: SimulatedDevice): void {
    while (buildSearchStep(device.replica));
    for (const fts of FTS_TABLES)
      device.replica.db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
  }

  private idsOf(device: SimulatedDevice, table: SimTable): Set<string> {
    const { db } = device.replica;
    const here = db
      .prepare(`SELECT id FROM ${table} UNION SELECT id FROM pending_base WHERE tbl = ?`)
      .pluck()
      .all(table);
    return new Set([...(here as string[]), ...(device.seen.get(table)?.keys() ?? [])]);
  }

  private checkRow(device: SimulatedDevice, name: SimTable, id: string, pending: readonly Pending[]): void {
    const table = getReplicaTable(name);
    const row = device.replica.db.prepare(`SELECT ${table.columns.join(', ')} FROM ${name} WHERE id = ?`).get(id) as
      | Cells
      | undefined;
    const patches = pending.filter((p) => p.ids.has(id)).map(({ patch }) => patch);
    const servers = [device.seen.get(name)?.get(id)];
    // While a copy takes over, a row is either still the old one or already the new one.
    if (device.isMerging(name)) servers.push(device.before.get(name)?.get(id));
    const expected = servers.map((server) => replay(id, server ? decodeRow(name, server) : null, patches));
    if (!expected.some((cells) => isSameRow(name, cells, row ?? null)))
      throw new Error(`${name} ${id} is ${JSON.stringify(row)} instead of ${JSON.stringify(expected)}`);
    if (!device.isMerging(name)) {
      const server = servers[0] ? decodeRow(name, servers[0]) : null;
      const known = findServerRow(device.replica, table, id);
      if (!isSameRow(name, known, server))
        throw new Error(
          `the server's ${name} ${id} is known as ${JSON.stringify(known)} instead of ${JSON.stringify(server)}`,
        );
    }
    this.checkNoFlicker(device, id, row);
  }

  /** What a person sees never becomes older, unless their own edit was refused. */
  private checkNoFlicker(device: SimulatedDevice, id: string, row: Row | undefined): void {
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
      if (age(is) < age(was)) throw new Error(`${id}.${column} went back from ${was} to ${String(is)}`);
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
    const known = new Set(
      device.replica.db
        .prepare('SELECT write_id FROM pending_write UNION SELECT write_id FROM refused_write')
        .pluck()
        .all(),
    );
    for (const writeId of device.written.keys())
      if (this.server.decisions.get(writeId)?.status !== 'accepted' && !known.has(writeId))
        throw new Error(`${writeId} is lost`);
  }

  /** The line is good again: everything arrives, nothing waits, all agree. */
  finish(): void {
    // More than once: what one device pushes has to travel to the others.
    for (let round = 0; round < 3; round += 1)
      for (const device of this.devices) {
        device.push('reply');
        for (const table of [...SIM_TABLES, ...SIM_TABLES]) {
          device.pull(table, 10_000, false);
          device.mergeSteps(table, Infinity);
        }
        this.check(device);
      }
    for (const device of this.devices) this.checkAtRest(device);
    for (const [writeId, times] of this.server.appliedTimes)
      if (times !== 1) throw new Error(`${writeId} was applied ${times} times`);
  }

  private checkAtRest(device: SimulatedDevice): void {
    const { db } = device.replica;
    for (const left of ['pending_write', 'pending_patch', 'pending_target', 'pending_base', 'write_mark'])
      assertSame(db.prepare(`SELECT * FROM ${left}`).all(), [], left);
    for (const name of SIM_TABLES) {
      const { columns } = getReplicaTable(name);
      const here = db.prepare(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY id`).all() as Cells[];
      const there = [...this.server.table(name).values()].map((row) => decodeRow(name, row));
      assertSame(
        here.map(({ id }) => id),
        there.map(({ id }) => String(id)).sort((a, b) => (a < b ? -1 : 1)),
        `ids of ${name}`,
      );
      for (const row of here)
        if (!isSameRow(name, row, there.find(({ id }) => id === row['id']) ?? null))
          throw new Error(`${name} ${row['id']} differs from the server's`);
    }
    const told = db.prepare('SELECT write_id FROM refused_write WHERE because_of IS NULL ORDER BY 1').pluck().all();
    const refused = [...device.written.keys()].filter((id) => this.server.decisions.get(id)?.status === 'refused');
    assertSame(told, refused.toSorted(), 'what the person was told is refused');
    this.checkSearch(device);
  }

  close(): void {
    for (const { replica } of this.devices) replica.db.close();
  }
}

type Pending = { ids: ReadonlySet<string>; patch: RowPatch };

/** Patches of a table that are still pending, in order: from what was written, not from how the replica keeps it. */
function pendingPatches(device: SimulatedDevice, table: string): Pending[] {
  const writeIds = device.replica.db
    .prepare(
      `SELECT w.write_id FROM pending_write w WHERE EXISTS (SELECT 1 FROM pending_patch p WHERE p.seq = w.seq AND p.tbl = ?)
       ORDER BY w.seq`,
    )
    .pluck()
    .all(table) as string[];
  return writeIds
    .flatMap((writeId) => device.written.get(writeId)?.patches ?? [])
    .filter((patch) => patch.table === table)
    .map((patch) => ({
      ids: new Set(patch.kind === 'insert' ? [patch.id] : patch.ids),
      patch: { kind: patch.kind, cells: patch.kind === 'delete' ? {} : encodeRow(table, patch.values) },
    }));
}

const encodeRow = (name: string, values: Extract<Patch, { kind: 'set' }>['values']): Cells => {
  const { kinds } = getReplicaTable(name);
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([key, value]) => [toColumnName(key), encodeCell(kinds[toColumnName(key)] ?? 'text', value)]),
  );
};

const decodeRow = (name: string, row: Row): Cells =>
  Object.fromEntries(
    Object.entries(getReplicaTable(name).kinds).map(([column, kind]) => [column, decodeCell(kind, row[column])]),
  );

function isSameRow(name: string, a: Cells | null, b: Cells | null): boolean {
  if (a === null || b === null) return a === b;
  return Object.entries(getReplicaTable(name).kinds).every(([column, kind]) => isSameCell(kind, a[column], b[column]));
}
