import { numbered, type Replica } from '../replica/open-replica.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';

export type WriteRow = { seq: number; write_id: string; unit: string; state: string };

const REFERRING = [
  ...new Set(
    REPLICA_TABLES.flatMap(({ kinds }) => Object.keys(kinds).filter((c) => c !== 'id' && kinds[c] === 'uuid')),
  ),
];
const NAMES_A_ROW = `c.key IN (${REFERRING.map((column) => `'${column}'`).join(', ')}) AND c.type = 'text'`;

/** Which queued inserts name a row, by its id. Read once for all refusals of a transaction, and only when one made a row. */
export class Naming {
  private readonly replica: Replica;
  private seqs: Map<string, number[]> | null = null;

  constructor(replica: Replica) {
    this.replica = replica;
  }

  of(id: string): readonly number[] {
    this.seqs ??= this.read();
    return this.seqs.get(id) ?? [];
  }

  private read(): Map<string, number[]> {
    const seqs = new Map<string, number[]>();
    const rows = this.replica
      .sql(
        `SELECT c.value AS id, p.seq FROM pending_write w JOIN pending_patch p ON p.seq = w.seq, json_each(p.body) c
         WHERE w.state = 'queued' AND p.kind = 'insert' AND ${NAMES_A_ROW}
         UNION SELECT c.value, t.seq FROM pending_write w JOIN pending_target t ON t.seq = w.seq, json_each(t.own) c
         WHERE w.state = 'queued' AND t.own IS NOT NULL AND ${NAMES_A_ROW}`,
      )
      .all() as { id: string; seq: number }[];
    for (const { id, seq } of rows) {
      const known = seqs.get(id);
      if (known) known.push(seq);
      else seqs.set(id, [seq]);
    }
    return seqs;
  }
}

/**
 * Writes still queued that cannot succeed without this one: they target a row it would have made, insert a row that names
 * one, or are chained to the same unit. Those already sent wait for their own answer.
 */
export function findDependants(replica: Replica, write: WriteRow, naming: Naming): WriteRow[] {
  const found = new Map<number, WriteRow>();
  const open = [write];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const dependant of dependantsOf(replica, next, naming))
      if (!found.has(dependant.seq)) {
        found.set(dependant.seq, dependant);
        open.push(dependant);
      }
  }
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

type Made = { tbl: string; id: string };

/** Goes from the rows that the write made to what needs them: an outbox may be long, and most writes make none. */
function dependantsOf(replica: Replica, { seq, unit }: WriteRow, naming: Naming): WriteRow[] {
  const chained = replica
    .sql(
      `SELECT seq, write_id, unit, state FROM pending_write WHERE unit = ? AND chained = 1 AND seq > ? AND state = 'queued'`,
    )
    .all(unit, seq) as WriteRow[];
  const made = replica
    .sql(
      `SELECT DISTINCT t.tbl, t.id FROM pending_target t JOIN pending_patch p ON p.seq = t.seq AND p.part = t.part
         JOIN pending_base b ON b.tbl = t.tbl AND b.id = t.id
       WHERE t.seq = ? AND p.kind = 'insert' AND b.image IS NULL`,
    )
    .all(seq) as Made[];
  return [...chained, ...made.flatMap((row) => needing(replica, seq, row, naming))];
}

function needing(replica: Replica, after: number, { tbl, id }: Made, naming: Naming): WriteRow[] {
  const targeting = replica
    .sql(
      `SELECT t.seq FROM pending_target t JOIN pending_patch p ON p.seq = t.seq AND p.part = t.part
       WHERE t.tbl = ?1 AND t.id = ?2 AND t.seq > ?3 AND p.kind <> 'insert'`,
    )
    .pluck()
    .all(numbered<string | number>(tbl, id, after)) as number[];
  const seqs = [...targeting, ...naming.of(id).filter((seq) => seq > after)];
  if (seqs.length === 0) return [];
  // A write that makes such a row itself, as two acts that use one new tag do, stands on its own.
  return replica
    .sql(
      `SELECT seq, write_id, unit, state FROM pending_write w WHERE state = 'queued' AND seq IN (SELECT value FROM json_each(?1))
         AND NOT EXISTS (SELECT 1 FROM pending_target o JOIN pending_patch q ON q.seq = o.seq AND q.part = o.part
           WHERE o.tbl = ?2 AND o.id = ?3 AND o.seq = w.seq AND q.kind = 'insert')`,
    )
    .all(numbered(JSON.stringify(seqs), tbl, id)) as WriteRow[];
}
