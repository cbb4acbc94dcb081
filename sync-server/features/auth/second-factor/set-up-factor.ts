import { and, eq, isNull } from 'drizzle-orm';
import { Secret } from 'otpauth';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { Act } from '../../../db/act.ts';
import type { Seal } from '../../../db/sealed.ts';
import { noticeSecurity } from '../notice-security.ts';
import { users } from '../user-table.ts';
import { secretContext, stepOfCode, totpOf } from './check-code.ts';
import { publishSecondFactor } from './publish-second-factor.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { secondFactors } from './second-factor-table.ts';

/** A secret for the person of the act. It counts once a code of it was shown. */
export async function beginFactor(act: Act, seal: Seal): Promise<{ secret: string; uri: string }> {
  const { tx, tenantId, now } = act;
  const userId = must(act.userId, 'person');
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  const secret = new Secret({ size: 20 }).base32;
  const values = { sealedSecret: seal.seal(secret, secretContext(userId)), lastStep: null, createdAt: now };
  const begun = await tx
    .insert(secondFactors)
    .values({ userId, tenantId, enabledAt: null, ...values })
    .onConflictDoUpdate({ target: secondFactors.userId, set: values, setWhere: isNull(secondFactors.enabledAt) })
    .returning({ userId: secondFactors.userId });
  if (!begun.length)
    throw new AppError('conflict', 'A second factor is set up already. Remove it first. Nothing was changed.');
  await publishSecondFactor(act, userId);
  act.audit({ action: 'security.beginSecondFactor', entity: 'user', entityId: userId });
  return { secret, uri: totpOf(secret, user?.email ?? '').toString() };
}

/** Turns on what was begun, and answers the recovery codes. Null where the code is not of that secret. */
export async function confirmFactor(act: Act, seal: Seal, code: string): Promise<string[] | null> {
  const { tx, now } = act;
  const userId = must(act.userId, 'person');
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNull(secondFactors.enabledAt)))
    .for('update');
  if (!factor) throw new AppError('not_allowed_now', 'Nothing is being set up. Begin again. Nothing was changed.');
  const step = stepOfCode(seal.open(factor.sealedSecret, secretContext(userId)), code, now);
  if (step === null) return null;
  await tx.update(secondFactors).set({ enabledAt: now, lastStep: step }).where(eq(secondFactors.userId, userId));
  await tx.update(users).set({ secondFactor: true, updatedAt: now }).where(eq(users.id, userId));
  const codes = await replaceRecoveryCodes(act, seal, userId);
  await tellChange(act, seal, userId, 'security.confirmSecondFactor', 'turned on');
  return codes;
}

export async function tellChange(act: Act, seal: Seal, userId: string, action: string, how: string): Promise<void> {
  await publishSecondFactor(act, userId);
  act.audit({ action, entity: 'user', entityId: userId });
  await noticeSecurity(act, seal, userId, 'second_factor_changed', how);
}
