import { lt } from 'drizzle-orm';
import { DAY_MS, type Pruning } from '../../db/prune-table.ts';
import { metChanges } from './met-change-table.ts';

/** Meetings go after 90 days, settled or not. The values stay in the audit log. */
export const oldMeetings: Pruning = {
  table: metChanges,
  isOver: (now) => lt(metChanges.createdAt, now - 90 * DAY_MS),
};
