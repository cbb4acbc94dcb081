import { lt } from 'drizzle-orm';
import { DAY_MS, type Pruning } from '../db/prune-table.ts';
import { writeReceipts } from '../db/write-receipts-table.ts';

/**
 * A receipt goes 400 days after its device has ended it, when no older copy of that device's replica can be expected to come back.
 * One that nobody has ended stays: its device may be offline, and time offline has no limit.
 */
export const endedReceipts: Pruning = {
  table: writeReceipts,
  isOver: (now) => lt(writeReceipts.endedAt, now - 400 * DAY_MS),
};
