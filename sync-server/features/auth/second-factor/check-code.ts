import { and, count, eq, isNull, lt, or } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { must } from '../../../../shared/kernel/must.ts';
import type { Act } from '../../../db/act.ts';
import type { Seal } from '../../../db/sealed.ts';
import { noticeSecurity } from '../notice-security.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { publishSecondFactor } from './publish-second-factor.ts';
import { recoveryCodes, secondFactors } from './second-factor-table.ts';

export const STEP_MS = 30_000;

/** What authenticator apps agree on (RFC 6238). */
export const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: 'Switchboard',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_MS / 1000,
    secret: Secret.fromBase32(secret),
  });

export const secretContext = (userId: string): string => `second factor of ${userId}`;

/** The time step that a code is of, one step early or late at most; null when it is of none of them. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const drift = totpOf(secret).validate({ token: code, timestamp: now, window: 1 });
  return drift === null ? null : Math.floor(now / STEP_MS) + drift;
}

/** Whether the code of an app, or a recovery code, lets the person of the act in. It is used up by that. */
export async function checkCode(act: Act, seal: Seal, given: string): Promise<boolean> {
  const userId = must(act.userId, 'user');
  const code = given.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(code) ? spendAppCode(act, seal, userId, code) : spendRecoveryCode(act, seal, userId, code);
}

async function spendAppCode({ tx, now }: Act, seal: Seal, userId: string, code: string): Promise<boolean> {
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  if (!factor || factor.enabledAt === null) return false;
  const step = stepOfCode(seal.open(factor.sealedSecret, secretContext(userId)), code, now);
  if (step === null) return false;
  // Of two who enter the same code at once only one finds the step unused.
  const taken = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.userId, userId), or(isNull(secondFactors.lastStep), lt(secondFactors.lastStep, step))))
    .returning({ userId: secondFactors.userId });
  return taken.length > 0;
}

async function spendRecoveryCode(act: Act, seal: Seal, userId: string, code: string): Promise<boolean> {
  const { tx, now } = act;
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, hashRecoveryCode(seal, userId, code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ userId: recoveryCodes.userId });
  if (!used.length) return false;
  await publishSecondFactor(act, userId);
  act.audit({ action: 'security.useRecoveryCode', entity: 'user', entityId: userId });
  await noticeSecurity(act, seal, userId, 'recovery_code_used', String(await countRecoveryCodes(act, userId)));
  return true;
}

export async function countRecoveryCodes({ tx }: Act, userId: string): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}
