import { eq } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { requireSecondFactor as operation } from '../../../../shared/people/security-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { tenants } from '../../workspace/tenant-table.ts';
import { users } from '../user-table.ts';

/**
 * Sessions of who has none rest until they have set one up (live-session.ts), those of everybody else go on. Who asks it of all has one:
 * nobody locks themselves out by it.
 */
export const requireSecondFactor: Verb<typeof operation> = async (act, { required }) => {
  const { tx, tenantId } = act;
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update');
  const before = must(tenant, 'tenant').secondFactorRequired;
  if (before === required) return { required };
  const [own] = await tx
    .select({ has: users.secondFactor })
    .from(users)
    .where(eq(users.id, must(act.userId, 'person')));
  if (required && !own?.has)
    throw new AppError(
      'not_allowed_now',
      'Set up a second factor of your own first. Nothing was changed; afterwards you can ask it of everybody.',
      { reason: 'own_first' },
    );
  await tx.update(tenants).set({ secondFactorRequired: required }).where(eq(tenants.id, tenantId));
  act.audit({
    action: 'security.requireSecondFactor',
    entity: 'tenant',
    entityId: tenantId,
    before: { required: before },
    after: { required },
  });
  return { required };
};
