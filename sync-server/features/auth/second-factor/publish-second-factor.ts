import { eq, sql } from 'drizzle-orm';
import { idFromParts } from '../../../../shared/kernel/ids.ts';
import type { Act } from '../../../db/act.ts';
import { ownItems } from '../../workspace/own-item-table.ts';
import { secondFactors } from './second-factor-table.ts';

/** What a person's own desktops show of it: never the secret. */
export async function publishSecondFactor({ tx, tenantId }: Act, userId: string): Promise<void> {
  const id = idFromParts(userId, 'second_factor');
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  if (!factor) {
    await tx.delete(ownItems).where(eq(ownItems.id, id));
    return;
  }
  const { rows } = await tx.execute<{ left: number }>(
    sql`select count(*)::int as left from recovery_codes where user_id = ${userId} and used_at is null`,
  );
  const body = { enabledAt: factor.enabledAt, recoveryCodesLeft: rows[0]?.left ?? 0 };
  await tx
    .insert(ownItems)
    .values({ id, tenantId, userId, kind: 'second_factor', body })
    .onConflictDoUpdate({ target: ownItems.id, set: { body } });
}
