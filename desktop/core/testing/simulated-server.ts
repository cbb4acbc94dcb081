import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import type { Patch, PatchValue } from '../../../shared/protocol/patch.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import type { ShapeMessage } from '../sync/apply-messages.ts';

type Row = Record<string, string | null>;
export type SimWrite = { writeId: string; patches: readonly Patch[]; refuse: boolean };
export type Decision = { writeId: string; status: 'accepted' | 'refused'; lsn: number };
type LogEntry = { lsn: number; message: ShapeMessage };

/** The tables that random scripts play with. */
export const SIM_TABLES = SYNCED_TABLES.map(({ name }) => name);
export type SimTable = (typeof SYNCED_TABLES)[number]['name'];
/** Rows whose id is made of what they say: inserting one twice is inserting it once. */
const SAYS_IT_ALL = ['contact_tags', 'workspace_items', 'conversations', 'own_items'];
const CHILDREN = ['contact_tags', 'notes', 'conversations', 'messages', 'tasks'];

const toPostgresText = (value: PatchValue): string | null =>
  value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** A server in memory: rows, a log per table with commit positions, and one remembered decision per write. */
export class SimulatedServer {
  readonly rows: Record<string, Map<string, Row>> = {};
  readonly log: Record<string, LogEntry[]> = {};
  readonly decisions = new Map<string, Decision>();
  /** Commit position of every value ever written, by the value itself: test values are unique. */
  readonly ageOf = new Map<string, number>();
  /** Commit position of the newest deletion of a row, by id: what comes back under its id is another row. */
  readonly deletedAt = new Map<string, number>();
  appliedTimes = new Map<string, number>();
  lsn = 100;

  constructor() {
    for (const { name: table } of SYNCED_TABLES) {
      this.rows[table] = new Map();
      this.log[table] = [];
    }
  }

  /** One transaction of somebody else. */
  commit(patches: readonly Patch[], receipt?: { device: string; decision: Omit<Decision, 'lsn'> }): number {
    this.lsn += 10;
    const made: Record<string, ShapeMessage[]> = {};
    for (const patch of patches) {
      for (const id of patch.kind === 'insert' ? [patch.id] : patch.ids) {
        const message = this.change(patch, id);
        if (message) (made[patch.table] ??= []).push(message);
        if (patch.table === 'contacts' && patch.kind === 'delete') this.cascade(id, made);
      }
    }
    if (receipt) {
      const { writeId, status } = receipt.decision;
      const row = { id: writeId, status, code: status === 'refused' ? 'conflict' : null, message: 'no' };
      this.table('write_receipts').set(writeId, row);
      made['write_receipts'] = [{ value: row, headers: { operation: 'insert' } }];
    }
    for (const [table, messages] of Object.entries(made))
      messages.forEach((message, i) => {
        const last = i === messages.length - 1 ? { last: true } : {};
        Object.assign(message.headers, { lsn: String(this.lsn), op_position: i * 2, ...last });
        this.log[table]?.push({ lsn: this.lsn, message });
      });
    return this.lsn;
  }

  /** As foreign keys do: what belongs to a contact goes with it. */
  private cascade(contactId: string, made: Record<string, ShapeMessage[]>): void {
    for (const table of CHILDREN)
      for (const row of this.table(table).values()) {
        if (row['contact_id'] !== contactId) continue;
        const message = this.change({ kind: 'delete', table, ids: [] }, String(row['id']));
        if (message) (made[table] ??= []).push(message);
      }
  }

  /** The verb: decides once, and answers the same ever after. */
  push(device: string, write: SimWrite): Decision {
    const known = this.decisions.get(write.writeId);
    if (known) return known;
    const ok = !write.refuse && write.patches.every((patch) => this.mayApply(patch, write.patches));
    const status = ok ? 'accepted' : 'refused';
    if (ok) this.appliedTimes.set(write.writeId, (this.appliedTimes.get(write.writeId) ?? 0) + 1);
    const decision = { writeId: write.writeId, status } as const;
    const lsn = this.commit(ok ? write.patches : [], { device, decision });
    // As Postgres tells it after the commit: a bound that an idle log never reaches.
    const answer = { ...decision, lsn: lsn + 3 };
    this.decisions.set(write.writeId, answer);
    return answer;
  }

  /** As the real verbs: what is already there or gone is refused, except where the id says it all (a tag on a contact). */
  private mayApply(patch: Patch, together: readonly Patch[]): boolean {
    const rows = this.table(patch.table);
    const madeHere = (table: string, id: string) =>
      together.some((one) => one.kind === 'insert' && one.table === table && one.id === id);
    if (patch.kind === 'delete') return true;
    if (patch.kind === 'set') return patch.ids.every((id) => rows.has(id) || madeHere(patch.table, id));
    const owner = patch.values['contactId'];
    const isOwned = typeof owner !== 'string' || this.table('contacts').has(owner) || madeHere('contacts', owner);
    return SAYS_IT_ALL.includes(patch.table)
      ? patch.table === 'contact_tags' || isOwned
      : isOwned && !rows.has(patch.id);
  }

  private change(patch: Patch, id: string): ShapeMessage | null {
    const rows = this.table(patch.table);
    const old = rows.get(id);
    if (patch.kind === 'delete') {
      if (!old) return null;
      rows.delete(id);
      this.deletedAt.set(id, this.lsn);
      return { value: { id }, headers: { operation: 'delete' } };
    }
    const cells: Row = Object.fromEntries(
      Object.entries(patch.values).map(([key, value]) => [toColumnName(key), toPostgresText(value)]),
    );
    for (const value of Object.values(cells)) if (value) this.ageOf.set(value, this.lsn);
    if (patch.kind === 'set') {
      if (!old) return null;
      rows.set(id, { ...old, ...cells });
      return { value: { id, ...cells }, headers: { operation: 'update' } };
    }
    if (old) return null;
    const owner = cells['contact_id'];
    if (owner && CHILDREN.includes(patch.table) && !this.table('contacts').has(owner)) return null;
    rows.set(id, { id, ...cells });
    return { value: { id, ...cells }, headers: { operation: 'insert' } };
  }

  table(name: string): Map<string, Row> {
    const rows = this.rows[name];
    if (!rows) throw new Error(`no table ${name}`);
    return rows;
  }

  /** A new shape of the table: its rows as of an older commit, then the log from there. */
  openShape(table: SimTable, back: number): { snapshot: ShapeMessage[]; from: number } {
    const log = this.log[table] ?? [];
    let from = Math.max(0, log.length - back);
    // A copy is taken between transactions, never inside one.
    while (from > 0 && log[from - 1]?.lsn === log[from]?.lsn) from -= 1;
    const rows = new Map<string, Record<string, unknown>>();
    for (const { message } of log.slice(0, from)) {
      const id = String(message.value?.['id']);
      if (message.headers.operation === 'delete') rows.delete(id);
      else rows.set(id, { ...rows.get(id), ...message.value });
    }
    return { snapshot: [...rows.values()].map((value) => ({ value, headers: { operation: 'insert' } })), from };
  }
}
