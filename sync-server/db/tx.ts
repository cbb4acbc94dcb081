import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { must } from '../../shared/kernel/must.ts';
import type { Client, Pool } from './pool.ts';

/** A transaction: everything done through it happens together or not at all. */
export type Tx = NodePgDatabase;

/**
 * Runs `work` in one transaction, committed when it returns and rolled back when it throws.
 * A connection that fails to roll back is thrown away.
 */
export async function inTx<T>(pool: Pool, work: (tx: Tx, client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const value = await work(drizzle(client), client);
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Does `work`; when it throws, what it changed is taken back and the transaction goes on for whoever catches the error. */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`savepoint part`);
  try {
    const outcome = await work();
    await tx.execute(sql`release savepoint part`);
    return outcome;
  } catch (error) {
    await tx.execute(sql`rollback to savepoint part; release savepoint part`);
    throw error;
  }
}

/** The 32-bit id of the transaction as shapes carry it, as an SQL expression. */
export const CURRENT_TXID = sql<string>`pg_current_xact_id()::xid::text`;

/**
 * An upper bound of the commit position of everything committed before this call, decimal.
 * It must be asked after the commit: read inside the transaction it lies below the commit and would confirm a write too early.
 */
export async function commitLsnAfter(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ lsn: string }>(`select (pg_current_wal_insert_lsn() - '0/0')::text as lsn`);
  return must(rows[0], 'lsn').lsn;
}
