import { and, eq, isNull, isNotNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import * as operations from '../../../../shared/people/device-operations.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import { bindVerb, type Act, type BoundVerb, type Perform, type Verb } from '../../../db/act.ts';
import type { Pool } from '../../../db/pool.ts';
import { devices } from '../device-table.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { hashToken } from '../sessions/issue-session.ts';
import { lockSessions } from '../sessions/lock-sessions.ts';
import { refreshTokens } from '../sessions/refresh-token-table.ts';
import { users } from '../user-table.ts';

/** The device of that public id: one's own, or for administrators anybody's but the owner's, which only the owner may touch. */
async function getDevice(act: Act, key: string): Promise<typeof devices.$inferSelect> {
  const [found] = await act.tx
    .select({ device: devices, role: users.role })
    .from(devices)
    .innerJoin(users, eq(users.id, devices.userId))
    .where(and(eq(devices.key, key), eq(devices.tenantId, act.tenantId)));
  const isOwn = found?.device.userId === act.userId;
  if (!found || !(isOwn || hasRole(act.role, 'ADMIN')))
    throw new AppError('not_found', 'There is no such device. Nothing was changed.');
  if (!isOwn && !hasRole(act.role, found.role))
    throw new AppError('not_allowed_now', 'Only the owner can do this to the owner’s devices. Nothing was changed.');
  return found.device;
}

const endDevice: Verb<typeof operations.endDevice> = async (act, { id }) => {
  const device = await getDevice(act, id);
  await endSessions(act, device.userId, { on: device.id });
  act.audit({
    action: 'devices.end',
    entity: 'device',
    entityId: id,
    after: { userId: device.userId, name: device.name },
  });
  return { id };
};

/** Its session ends as well, so that nothing more is handed to it; it is told why when it next asks for anything. */
const wipeDevice: Verb<typeof operations.wipeDevice> = async (act, { id }) => {
  const device = await getDevice(act, id);
  await lockSessions(act, device.userId);
  await act.tx
    .update(devices)
    .set({ wipeAskedAt: act.now, wipedAt: null })
    .where(and(eq(devices.key, id), isNull(devices.wipeAskedAt)));
  await endSessions(act, device.userId, { on: device.id });
  act.audit({
    action: 'devices.wipe',
    entity: 'device',
    entityId: id,
    after: { userId: device.userId, name: device.name },
  });
  return { id };
};

export const deviceVerbs: BoundVerb[] = [
  bindVerb(operations.endDevice, endDevice),
  bindVerb(operations.wipeDevice, wipeDevice),
];

/** The device tells that it deleted everything. Whoever holds one of its tokens may say so: there is nothing to gain by it. */
export async function confirmWipe(pool: Pool, perform: Perform, refreshToken: string): Promise<void> {
  const [token] = await drizzle(pool)
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(refreshToken)));
  if (!token) return;
  const { tenantId, userId, deviceId } = token;
  await perform({ tenantId, userId, deviceId, role: 'VIEWER' }, async (act) => {
    const wiped = await act.tx
      .update(devices)
      .set({ wipedAt: act.now })
      .where(
        and(
          eq(devices.userId, userId),
          eq(devices.id, deviceId),
          isNotNull(devices.wipeAskedAt),
          isNull(devices.wipedAt),
        ),
      )
      .returning({ key: devices.key });
    if (wiped[0]) act.audit({ action: 'devices.wiped', entity: 'device', entityId: wiped[0].key });
  });
}
