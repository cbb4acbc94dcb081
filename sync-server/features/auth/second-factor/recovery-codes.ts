import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import type { Seal } from '../../../db/sealed.ts';
import { recoveryCodes } from './second-factor-table.ts';

/** Without letters and digits that are taken for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const CODES = 10;
const LENGTH = 12;

/** Three groups of four: 59 bits. Kept as a hash with the server’s key, so that a dump of the database gives nothing to try. */
const makeCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-');

export const hashRecoveryCode = (seal: Seal, userId: string, code: string): string =>
  seal.hash(`recovery code of ${userId}: ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);

/** Ten new ones; those before stop working. They are answered this once. */
export async function replaceRecoveryCodes({ tx, tenantId }: Act, seal: Seal, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, makeCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, tenantId, codeHash: hashRecoveryCode(seal, userId, code), usedAt: null })));
  return codes;
}
