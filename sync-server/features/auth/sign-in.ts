import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';
import type { Session, signInRequest } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { issueSession } from './issue-session.ts';
import { isPasswordRight } from './password.ts';
import { registerDevice } from './register-device.ts';
import { users } from './user-table.ts';

/** Signs a person in on a device. A wrong password and an unknown address are told apart by neither words nor time. */
export async function signIn(
  pool: Pool,
  perform: Perform,
  secret: Uint8Array,
  input: z.output<typeof signInRequest>,
): Promise<Session> {
  const [user] = await drizzle(pool).select().from(users).where(eq(users.email, input.email));
  const right = await isPasswordRight(user?.passwordHash ?? null, input.password);
  if (!user || !right || !user.active)
    throw new AppError('unauthenticated', 'Email or password is wrong.', { reason: 'credentials' });
  const { id: userId, tenantId, role } = user;
  return perform({ tenantId, userId, deviceId: input.deviceId, role }, async (act) => {
    await registerDevice(act, input.deviceName);
    act.audit({ action: 'auth.signIn', entity: 'user', entityId: userId });
    return issueSession(act, secret);
  });
}
