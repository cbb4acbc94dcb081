import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { noFault, type Fault } from './fault-point.ts';

/** One piece of a shape's log: consecutive messages of one transaction, already encoded and joined by commas. */
export type JournalRecord = {
  /** The key of its shape. */
  readonly shape: string;
  readonly lsn: bigint;
  readonly xid: number;
  /** Position of its last message within the transaction. */
  readonly op: number;
  readonly segment: number;
  readonly at: number;
  readonly length: number;
};

/** `whole`: how much of it is closed by a commit line; what is behind belongs to the transaction under way. */
type Segment = { readonly number: number; readonly fd: number; size: number; whole: number };

/** The last of a shape's records that were dropped. */
type Floor = { readonly lsn: bigint; readonly op: number };

export type JournalLimits = { readonly segmentBytes: number; readonly keptSegments: number };

/** How much of the log is kept: about 256 MB on disk, of which the index in memory is a small part. */
const LIMITS: JournalLimits = { segmentBytes: 16 * 1024 * 1024, keptSegments: 16 };

/**
 * The durable log of all shapes: append-only files of records, each transaction closed by a commit line.
 *
 *   R <shape> <lsn> <xid> <op> <bytes>\n<messages>\n   …   C <lsn>\n       F <shape> <lsn> <op>\n
 *
 * When the oldest file is dropped, an F line for every shape that ever lost records says up to where, so that nobody who was away
 * longer misses them, and an idle shape's readers need not begin anew because others are busy.
 *
 * Records behind the last commit line belong to a transaction that was cut off; opening drops them, and the replication
 * slot, which is acknowledged only up to what `flush` has written out, sends that transaction again.
 */
export class ChangeJournal {
  private readonly dir: string;
  private readonly limits: JournalLimits;
  private readonly segments: Segment[] = [];
  private readonly index = new Map<string, JournalRecord[]>();
  private readonly floors = new Map<string, Floor>();
  private readonly fault: Fault;
  private pending: JournalRecord[] = [];
  /** Commit position of the newest whole transaction, 0 when empty. */
  head = 0n;

  constructor(dir: string, limits: JournalLimits = LIMITS, fault: Fault = noFault) {
    this.dir = dir;
    this.limits = limits;
    this.fault = fault;
    mkdirSync(dir, { recursive: true });
    const numbers = readdirSync(dir)
      .map((name) => /^(\d+)\.log$/.exec(name)?.[1])
      .filter((n) => n !== undefined)
      .map(Number)
      .toSorted((a, b) => a - b);
    for (const number of numbers) this.load(this.openSegment(number));
    if (this.segments.length === 0) this.openSegment(1);
  }

  /** Records of this shape at or below this position were dropped. */
  floorOf(shape: string): bigint {
    return this.floors.get(shape)?.lsn ?? 0n;
  }

  /** Whether every record of this shape behind a position is still there. It may lie within a transaction. */
  reaches(shape: string, lsn: bigint, op: number): boolean {
    const floor = this.floors.get(shape);
    return !floor || lsn > floor.lsn || (lsn === floor.lsn && op >= floor.op);
  }

  /** Forgets shapes that nobody will read again. Their records leave the disk with their files. */
  retain(isKept: (shape: string) => boolean): void {
    for (const shape of this.index.keys()) if (!isKept(shape)) this.index.delete(shape);
    for (const shape of this.floors.keys()) if (!isKept(shape)) this.floors.delete(shape);
  }

  /** Forgets everything: the database it tells of is another one, or there is a gap. */
  clear(): void {
    const next = this.current().number + 1;
    this.close();
    for (const name of readdirSync(this.dir)) rmSync(path.join(this.dir, name));
    this.index.clear();
    this.floors.clear();
    this.pending = [];
    this.head = 0n;
    this.openSegment(next);
  }

  /** Adds messages of the transaction under way. They are visible after `commit`. */
  append(record: { shape: string; lsn: bigint; xid: number; op: number; messages: string }): void {
    // Only between transactions: the records of one never span segments.
    if (this.pending.length === 0 && this.current().size > this.limits.segmentBytes) this.roll();
    const body = Buffer.from(record.messages);
    const head = Buffer.from(`R ${record.shape} ${record.lsn} ${record.xid} ${record.op} ${body.length}\n`);
    const segment = this.current();
    const at = segment.size + head.length;
    this.fault('before append');
    this.write(segment, Buffer.concat([head, body, Buffer.from('\n')]));
    this.fault('after append');
    const { shape, lsn, xid, op } = record;
    this.pending.push({ shape, lsn, xid, op, segment: segment.number, at, length: body.length });
  }

  /** Closes the transaction and answers the shapes it touched. */
  commit(lsn: bigint): Set<string> {
    if (this.pending.length > 0) {
      this.fault('before commit line');
      const segment = this.current();
      this.write(segment, Buffer.from(`C ${lsn}\n`));
      segment.whole = segment.size;
      this.fault('after commit line');
    }
    return this.publish(lsn);
  }

  /** Forgets what was appended since the last commit: its transaction will come again. */
  abandon(): void {
    this.pending = [];
    const segment = this.current();
    // Needs no room, which may be what was missing.
    ftruncateSync(segment.fd, segment.whole);
    segment.size = segment.whole;
  }

  /** Writes everything out to disk. What was committed before survives a power cut. */
  flush(): void {
    this.fault('before flush');
    fdatasyncSync(this.current().fd);
    this.fault('after flush');
  }

  /** Records of a shape behind a position (commit lsn and op), oldest first. */
  recordsAfter(shape: string, lsn: bigint, op: number): readonly JournalRecord[] {
    const records = this.index.get(shape) ?? [];
    let low = 0;
    let high = records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const record = records[middle];
      if (record && (record.lsn < lsn || (record.lsn === lsn && record.op <= op))) low = middle + 1;
      else high = middle;
    }
    return records.slice(low);
  }

  /** Bytes of a shape's log behind a position: when this outgrows its snapshot, a new snapshot is cheaper. */
  bytesAfter(shape: string, lsn: bigint): number {
    return this.recordsAfter(shape, lsn, Number.MAX_SAFE_INTEGER).reduce((sum, { length }) => sum + length, 0);
  }

  read(record: JournalRecord): Buffer {
    const segment = this.segments.find(({ number }) => number === record.segment);
    if (!segment) throw new Error(`journal segment ${record.segment} is gone`);
    const buffer = Buffer.allocUnsafe(record.length);
    readSync(segment.fd, buffer, 0, record.length, record.at);
    return buffer;
  }

  close(): void {
    for (const { fd } of this.segments) closeSync(fd);
    this.segments.length = 0;
  }

  private publish(lsn: bigint): Set<string> {
    const touched = new Set<string>();
    for (const record of this.pending) {
      touched.add(record.shape);
      const records = this.index.get(record.shape);
      if (records) records.push(record);
      else this.index.set(record.shape, [record]);
    }
    this.pending = [];
    if (lsn > this.head) this.head = lsn;
    return touched;
  }

  private current(): Segment {
    const segment = this.segments.at(-1);
    if (!segment) throw new Error('the journal is closed');
    return segment;
  }

  private write(segment: Segment, bytes: Buffer): void {
    // On a disk that fills up a write takes less than it was given before the next one fails.
    for (let done = 0; done < bytes.length;)
      done += writeSync(segment.fd, bytes, done, bytes.length - done, segment.size + done);
    segment.size += bytes.length;
  }

  private openSegment(number: number): Segment {
    const file = path.join(this.dir, `${number}.log`);
    const fd = openSync(file, existsSync(file) ? 'r+' : 'w+');
    const { size } = fstatSync(fd);
    const segment = { number, fd, size, whole: size };
    this.segments.push(segment);
    return segment;
  }

  private roll(): void {
    this.flush();
    this.openSegment(this.current().number + 1);
    while (this.segments.length > this.limits.keptSegments) this.dropOldest();
  }

  private dropOldest(): void {
    const oldest = this.segments.shift();
    if (!oldest) return;
    for (const [shape, records] of this.index) {
      const kept = records.findIndex(({ segment }) => segment !== oldest.number);
      const lost = kept < 0 ? records.length : kept;
      const last = records[lost - 1];
      if (!last) continue;
      this.floors.set(shape, { lsn: last.lsn, op: last.op });
      records.splice(0, lost);
      if (records.length === 0) this.index.delete(shape);
    }
    const lines = Array.from(this.floors, ([shape, { lsn, op }]) => `F ${shape} ${lsn} ${op}\n`);
    const segment = this.current();
    this.write(segment, Buffer.from(lines.join('')));
    segment.whole = segment.size;
    this.flush();
    closeSync(oldest.fd);
    rmSync(path.join(this.dir, `${oldest.number}.log`));
  }

  /** Rebuilds the index from a file and cuts off what no commit line closes. */
  private load(segment: Segment): void {
    const bytes = Buffer.allocUnsafe(segment.size);
    readSync(segment.fd, bytes, 0, segment.size, 0);
    let at = 0;
    let whole = 0;
    for (;;) {
      const end = bytes.indexOf(0x0a, at);
      if (end < 0) break;
      const [kind, ...fields] = bytes.toString('latin1', at, end).split(' ');
      if (kind === 'R') {
        const [shape = '', lsn = '0', xid = '0', op = '0', length = '0'] = fields;
        const body = end + 1;
        if (body + Number(length) + 1 > bytes.length) break;
        this.pending.push({
          shape,
          lsn: BigInt(lsn),
          xid: Number(xid),
          op: Number(op),
          segment: segment.number,
          at: body,
          length: Number(length),
        });
        at = body + Number(length) + 1;
      } else if (kind === 'F') {
        const [shape = '', lsn = '0', op = Number.MAX_SAFE_INTEGER] = fields;
        this.floors.set(shape, { lsn: BigInt(lsn), op: Number(op) });
        at = end + 1;
        whole = at;
      } else if (kind === 'C' || kind === 'A') {
        if (kind === 'C') this.publish(BigInt(fields[0] ?? '0'));
        this.pending = [];
        at = end + 1;
        whole = at;
      } else break;
    }
    this.pending = [];
    if (whole < segment.size) ftruncateSync(segment.fd, whole);
    segment.size = whole;
    segment.whole = whole;
  }
}
