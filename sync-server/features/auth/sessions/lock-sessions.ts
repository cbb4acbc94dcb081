import { eq } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { users } from '../user-table.ts';

/**
 * A person's sessions begin, go on and end one after the other: what ends them all finds the one that begins beside it, and what begins
 * one finds that it was not to. Answers the person as they are from now until the act is done, or null when there is none.
 */
export async function lockSessions({ tx }: Pick<Act, 'tx'>, userId: string): Promise<typeof users.$inferSelect | null> {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('no key update');
  return user ?? null;
}
