import type { Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import { confirmAll } from './confirm.ts';
import { markAccepted, refuseWrite } from './outbox.ts';

/**
 * The server's decision, read from the shape of receipts: it survives a lost reply and knows the exact commit position.
 * `confirmAll` has to follow in the same transaction.
 */
export function readReceipt(replica: Replica, cells: Cells, lsn: number | null): void {
  const writeId = String(cells['id']);
  if (cells['status'] === 'accepted') {
    if (lsn !== null) markAccepted(replica, writeId, lsn, true);
    return;
  }
  refuseWrite(replica, writeId, { code: String(cells['code'] ?? 'conflict'), message: String(cells['message'] ?? '') });
}

/**
 * Receipts that came with a copy carry no position. All of them lie at or before the end of that copy,
 * so its end is a good bound, and a better one than a reply's, which an idle server never reaches.
 */
export function readReceiptsOfCopy(replica: Replica, lsn: number): void {
  const rows = replica
    .sql(
      `SELECT r.id, r.status, r.code, r.message FROM pending_write w JOIN write_receipts r ON r.id = w.write_id
       WHERE w.state <> 'accepted' OR w.exact = 0`,
    )
    .all() as Cells[];
  for (const row of rows) readReceipt(replica, row, lsn);
  if (rows.length > 0) confirmAll(replica);
}
