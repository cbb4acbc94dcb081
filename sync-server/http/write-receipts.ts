import { and, eq, inArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Actor } from '../db/act.ts';
import type { Pool } from '../db/pool.ts';
import { CURRENT_TXID, type Tx } from '../db/tx.ts';
import { writeReceipts } from '../db/write-receipts-table.ts';

export type Receipt = typeof writeReceipts.$inferSelect;
/** A decision that is not stored yet. */
export type NewReceipt = Omit<typeof writeReceipts.$inferInsert, 'txid' | 'endedAt'>;

/** Any constant will do, as long as every server of one database uses the same. */
const CLAIMS = 7_306_116;

/**
 * Holds these write ids until the transaction ends and answers the receipts they have already. A second copy of a write, sent
 * while this one is still being decided, waits here and then finds the receipt. In the order of the ids, so that two requests
 * cannot wait for each other.
 */
export async function claimWrites(tx: Tx, writeIds: readonly string[]): Promise<Map<string, Receipt>> {
  const ids = [...new Set(writeIds)];
  await tx.execute(sql`
    select count(pg_advisory_xact_lock(hashtextextended(id, ${CLAIMS})))
    from (select id from unnest(${sql.param(ids)}::text[]) as id order by id) as claims`);
  const rows = await tx.select().from(writeReceipts).where(inArray(writeReceipts.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Stores the decisions in the transaction that made them; answers its id. */
export async function storeReceipts(tx: Tx, receipts: readonly NewReceipt[]): Promise<string> {
  const stored = await tx
    .insert(writeReceipts)
    .values(receipts.map((receipt) => ({ ...receipt, txid: CURRENT_TXID })))
    .returning({ txid: writeReceipts.txid });
  return stored[0]?.txid ?? '';
}

/**
 * The device will never send these again: their receipts leave its shape, and stay so that a copy of the write, in a replica
 * restored or cloned from an older state, still gets the same answer.
 */
export async function endReceipts(pool: Pool, caller: Actor, writeIds: readonly string[], now: number): Promise<void> {
  if (!writeIds.length || caller.deviceId === null) return;
  await drizzle(pool)
    .update(writeReceipts)
    .set({ deviceId: null, endedAt: now })
    .where(
      and(
        inArray(writeReceipts.id, [...writeIds]),
        eq(writeReceipts.tenantId, caller.tenantId),
        eq(writeReceipts.deviceId, caller.deviceId),
      ),
    );
}

/**
 * Whether the receipt answers a write of this caller: of the same device, or of the same person from a cloned replica
 * (nobody else can know the id). Old receipts do not say whose they were.
 */
export const isReceiptOf = (receipt: Receipt, { tenantId, deviceId, userId }: Actor): boolean =>
  receipt.tenantId === tenantId &&
  (receipt.deviceId === deviceId ||
    receipt.userId === userId ||
    (receipt.deviceId === null && receipt.userId === null));
