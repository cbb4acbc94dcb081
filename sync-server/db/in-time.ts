import { sql } from 'drizzle-orm';
import { AppError } from '../../shared/kernel/app-error.ts';
import { databaseErrorCode } from './database-error.ts';
import type { Tx } from './tx.ts';

/** Whoever waits for an answer has gone by then, and a connection of everybody's is free again. */
const PATIENCE_MS = 15_000;

/**
 * Asks for contacts by a rule that somebody made: no statement of `work` may take longer. Throws `not_allowed_now` (details.reason `too_slow`)
 * where one does; the transaction can do nothing more then.
 */
export async function inTime<T>(tx: Tx, work: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  await tx.execute(sql.raw(`set local statement_timeout = ${patienceMs}`));
  try {
    const found = await work();
    await tx.execute(sql`set local statement_timeout to default`);
    return found;
  } catch (error) {
    if (databaseErrorCode(error) !== '57014') throw error;
    throw new AppError(
      'not_allowed_now',
      'This asks for so much that the answer takes too long. Nothing was changed; use fewer or simpler conditions.',
      { reason: 'too_slow' },
    );
  }
}
