import { and, eq, isNull } from 'drizzle-orm';
import { Secret } from 'otpauth';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import * as operations from '../../../../shared/people/security-operations.ts';
import { bindVerb, type Act, type BoundVerb, type Verb } from '../../../db/act.ts';
import type { Seal } from '../../../db/sealed.ts';
import { noticeSecurity } from '../notice-security.ts';
import type { CheckPassword } from '../own-password.ts';
import { users } from '../user-table.ts';
import { secretContext, stepOfCode, totpOf } from './check-code.ts';
import { publishSecondFactor } from './publish-second-factor.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { recoveryCodes, secondFactors } from './second-factor-table.ts';

type Parts = { seal: Seal; checkPassword: CheckPassword };

const begin =
  ({ seal, checkPassword }: Parts): Verb<typeof operations.beginSecondFactor> =>
  async (act, { password }) => {
    await checkPassword(act, password);
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
  };

const confirm =
  ({ seal }: Parts): Verb<typeof operations.confirmSecondFactor> =>
  async (act, { code }) => {
    const { tx, now } = act;
    const userId = must(act.userId, 'person');
    const [factor] = await tx
      .select()
      .from(secondFactors)
      .where(and(eq(secondFactors.userId, userId), isNull(secondFactors.enabledAt)))
      .for('update');
    if (!factor) throw new AppError('not_allowed_now', 'Nothing is being set up. Begin again. Nothing was changed.');
    const step = stepOfCode(seal.open(factor.sealedSecret, secretContext(userId)), code, now);
    if (step === null)
      throw new AppError(
        'invalid_input',
        'This code is not right. Check the clock of your phone and try the next one.',
        {
          fields: { code: 'This code is not right' },
        },
      );
    await tx.update(secondFactors).set({ enabledAt: now, lastStep: step }).where(eq(secondFactors.userId, userId));
    await tx.update(users).set({ secondFactor: true, updatedAt: now }).where(eq(users.id, userId));
    const codes = await replaceRecoveryCodes(act, seal, userId);
    await tellChange(act, seal, userId, 'security.confirmSecondFactor', 'turned on');
    return { recoveryCodes: codes };
  };

const remove =
  ({ seal, checkPassword }: Parts): Verb<typeof operations.removeSecondFactor> =>
  async (act, { password }) => {
    await checkPassword(act, password);
    const { tx, now } = act;
    const userId = must(act.userId, 'person');
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
    await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
    await tx.update(users).set({ secondFactor: false, updatedAt: now }).where(eq(users.id, userId));
    await tellChange(act, seal, userId, 'security.removeSecondFactor', 'turned off');
    return {};
  };

const renew =
  ({ seal, checkPassword }: Parts): Verb<typeof operations.renewRecoveryCodes> =>
  async (act, { password }) => {
    await checkPassword(act, password);
    const userId = must(act.userId, 'person');
    const [factor] = await act.tx.select().from(secondFactors).where(eq(secondFactors.userId, userId));
    if (!factor || factor.enabledAt === null)
      throw new AppError('not_allowed_now', 'There is no second factor yet. Set one up first. Nothing was changed.');
    const codes = await replaceRecoveryCodes(act, seal, userId);
    await tellChange(act, seal, userId, 'security.renewRecoveryCodes', 'given new recovery codes');
    return { recoveryCodes: codes };
  };

async function tellChange(act: Act, seal: Seal, userId: string, action: string, how: string): Promise<void> {
  await publishSecondFactor(act, userId);
  act.audit({ action, entity: 'user', entityId: userId });
  await noticeSecurity(act, seal, userId, 'second_factor_changed', how);
}

export const createSecondFactorVerbs = (parts: Parts): BoundVerb[] => [
  bindVerb(operations.beginSecondFactor, begin(parts)),
  bindVerb(operations.confirmSecondFactor, confirm(parts)),
  bindVerb(operations.removeSecondFactor, remove(parts)),
  bindVerb(operations.renewRecoveryCodes, renew(parts)),
];
