import { lt } from 'drizzle-orm';
import { UNDO_DAYS } from '../../../shared/activity/activity-operations.ts';
import { DAY_MS, type Pruning } from '../../db/prune-table.ts';
import { trash } from '../../db/trash-table.ts';
import { acts } from './act-table.ts';

/** Desktops are told of 90 days of acts; the audit log has them for as long as the workspace says. */
export const oldActs: Pruning = { table: acts, isOver: (now) => lt(acts.at, now - 90 * DAY_MS) };

/** A day longer than acts can be taken back. */
export const oldTrash: Pruning = { table: trash, isOver: (now) => lt(trash.deletedAt, now - (UNDO_DAYS + 1) * DAY_MS) };
