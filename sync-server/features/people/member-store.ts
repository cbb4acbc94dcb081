import { and, eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import { users } from '../auth/user-table.ts';

export type Member = typeof users.$inferSelect;

/** What the owner may do to others, one at a time in a workspace: there is exactly one owner at every instant. */
export const lockMembers = ({ tx, tenantId }: Act) =>
  tx.execute(sql`select from tenants where id = ${tenantId} for no key update`);

export async function getMember({ tx, tenantId }: Act, userId: string): Promise<Member> {
  const [member] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), eq(users.tenantId, tenantId)));
  if (!member) throw new AppError('not_found', 'There is no such member. Nothing was changed.');
  return member;
}

/** Nobody changes their own access, or the owner's. */
export function assertMayChange(act: Act, member: Member): void {
  if (member.id === act.userId)
    throw new AppError(
      'not_allowed_now',
      'Nobody changes their own access. Ask another administrator. Nothing was changed.',
    );
  if (member.role === 'OWNER')
    throw new AppError(
      'not_allowed_now',
      'The owner’s access cannot be changed; ownership can only be handed over. Nothing was changed.',
    );
}
