import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Session, signUpRequest } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import type { Perform } from '../../db/act.ts';
import { tenants } from '../workspace/tenant-table.ts';
import { issueSession } from './sessions/issue-session.ts';
import { assertUncommon, hashPassword } from './password.ts';
import { registerDevice } from './register-device.ts';
import { users } from './user-table.ts';

/** A new tenant with its owner, signed in on the device that asked. */
export async function signUp(
  perform: Perform,
  secret: Uint8Array,
  input: z.output<typeof signUpRequest>,
): Promise<Session> {
  const { tenantName, country, name, email, password, deviceId } = input;
  assertUncommon(password, [tenantName, name, email]);
  const passwordHash = await hashPassword(password);
  const tenantId = newId<'tenant'>();
  const userId = newId<'user'>();
  return perform({ tenantId, userId, deviceId, role: 'OWNER' }, async (act) => {
    const { tx, now } = act;
    const taken = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (taken.length) throw emailTaken();
    await tx.insert(tenants).values({ id: tenantId, name: tenantName, country, createdAt: now });
    const owner = { id: userId, tenantId, email, name, role: 'OWNER' as const, active: true };
    const inserted = await tx
      .insert(users)
      .values({ ...owner, passwordHash, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!inserted.length) throw emailTaken();
    await registerDevice(act, input);
    act.audit({
      action: 'auth.signUp',
      entity: 'tenant',
      entityId: tenantId,
      after: { name: tenantName, country, owner: email },
    });
    return issueSession(act, secret);
  });
}

const emailTaken = () =>
  new AppError('conflict', 'There is an account with this email already. Sign in instead, or use another address.', {
    fields: { email: 'Taken' },
  });
