import { sql } from 'drizzle-orm';
import type { Tx } from './tx.ts';

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
