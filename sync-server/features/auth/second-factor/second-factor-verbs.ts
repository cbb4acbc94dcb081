import { eq } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import * as operations from '../../../../shared/people/security-operations.ts';
import { bindVerb, type BoundVerb, type Verb } from '../../../db/act.ts';
import type { Seal } from '../../../db/sealed.ts';
import type { CheckPassword } from '../own-password.ts';
import { users } from '../user-table.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { requireSecondFactor } from './require-second-factor.ts';
import { recoveryCodes, secondFactors } from './second-factor-table.ts';
import { beginFactor, confirmFactor, tellChange } from './set-up-factor.ts';

type Parts = { seal: Seal; checkPassword: CheckPassword };

const begin =
  ({ seal, checkPassword }: Parts): Verb<typeof operations.beginSecondFactor> =>
  async (act, { password }) => {
    await checkPassword(act, password);
    return beginFactor(act, seal);
  };

const confirm =
  ({ seal }: Parts): Verb<typeof operations.confirmSecondFactor> =>
  async (act, { code }) => {
    const codes = await confirmFactor(act, seal, code);
    if (codes) return { recoveryCodes: codes };
    throw new AppError('invalid_input', 'This code is not right. Check the clock of your phone and try the next one.', {
      fields: { code: 'This code is not right' },
    });
  };

/** Where the workspace asks for one, what follows is setting up the next at a sign-in: so a lost phone is replaced. */
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

export const createSecondFactorVerbs = (parts: Parts): BoundVerb[] => [
  bindVerb(operations.beginSecondFactor, begin(parts)),
  bindVerb(operations.confirmSecondFactor, confirm(parts)),
  bindVerb(operations.removeSecondFactor, remove(parts)),
  bindVerb(operations.renewRecoveryCodes, renew(parts)),
  bindVerb(operations.requireSecondFactor, requireSecondFactor),
];
