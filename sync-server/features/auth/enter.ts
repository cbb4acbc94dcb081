import type { Session } from '../../../shared/auth/auth-requests.ts';
import type { Act, Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import type { Seal } from '../../db/sealed.ts';
import { issueSession } from './sessions/issue-session.ts';
import { noticeSecurity } from './notice-security.ts';
import { registerDevice, type DeviceFacts } from './register-device.ts';

export type SignInParts = { pool: Pool; perform: Perform; secret: Uint8Array; seal: Seal };

/** The last step of every way in for a person who exists already. */
export async function enter(
  act: Act,
  { secret, seal }: Pick<SignInParts, 'secret' | 'seal'>,
  device: DeviceFacts,
): Promise<Session> {
  const isNew = await registerDevice(act, device);
  act.audit({ action: 'auth.signIn', entity: 'user', entityId: act.userId });
  if (isNew && act.userId !== null) {
    const where = [device.deviceName, device.platform].filter(Boolean).join(', ');
    await noticeSecurity(act, seal, act.userId, 'new_device', where || null);
  }
  return issueSession(act, secret);
}
