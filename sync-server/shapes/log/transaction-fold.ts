import type { ChangeJournal } from './change-journal.ts';
import type { LiveShape } from './live-shape.ts';
import { encodeMessage, type ShapeOperation } from './shape-message.ts';

type Gathered = {
  /** The piece of the transaction that is not in the journal yet. */
  messages: string[];
  bytes: number;
  op: number;
  /** The newest message, held back until we know whether it is the last. */
  held: { message: ShapeOperation; op: number } | null;
};

/**
 * Gathers the messages of the transaction under way, per shape, and hands them to the journal in pieces of about `pieceBytes`,
 * so that a large one neither fills the memory nor stalls the rest.
 */
export class TransactionFold {
  private readonly journal: ChangeJournal;
  private readonly pieceBytes: number;
  private readonly gathered = new Map<LiveShape, Gathered>();
  lsn = 0n;
  xid = 0;

  constructor(journal: ChangeJournal, pieceBytes: number) {
    this.journal = journal;
    this.pieceBytes = pieceBytes;
  }

  begin(lsn: bigint, xid: number): void {
    this.lsn = lsn;
    this.xid = xid;
  }

  add(shape: LiveShape, message: ShapeOperation, op: number): void {
    const own = this.gathered.get(shape) ?? { messages: [], bytes: 0, op: 0, held: null };
    this.gathered.set(shape, own);
    this.take(shape, own, false);
    own.held = { message, op };
    if (own.bytes >= this.pieceBytes) this.write(shape, own);
  }

  /** Ends the transaction: everything gathered is in the journal, each shape's last message marked. */
  finish(): void {
    for (const [shape, own] of this.gathered) {
      this.take(shape, own, true);
      this.write(shape, own);
    }
    this.gathered.clear();
  }

  /** A shape that was dropped has no log to write to. */
  forget(shape: LiveShape): void {
    this.gathered.delete(shape);
  }

  abandon(): void {
    this.gathered.clear();
  }

  private take(shape: LiveShape, own: Gathered, last: boolean): void {
    if (!own.held) return;
    const { message, op } = own.held;
    const text = encodeMessage(shape, message, { lsn: String(this.lsn), xid: this.xid, op, last });
    own.messages.push(text);
    own.bytes += text.length;
    own.op = op;
    own.held = null;
  }

  private write(shape: LiveShape, own: Gathered): void {
    if (own.messages.length === 0) return;
    this.journal.append({
      shape: shape.key,
      lsn: this.lsn,
      xid: this.xid,
      op: own.op,
      messages: own.messages.join(','),
    });
    own.messages = [];
    own.bytes = 0;
  }
}
