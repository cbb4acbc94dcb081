import { lt } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { metChanges } from './met-change-table.ts';

const KEPT_MS = 90 * 24 * 3_600_000;

/** Forgets meetings after 90 days, settled or not. The values stay in the audit log. */
export const pruneMerges = async (tx: Tx, now: number): Promise<number> =>
  (await tx.delete(metChanges).where(lt(metChanges.createdAt, now - KEPT_MS))).rowCount ?? 0;
