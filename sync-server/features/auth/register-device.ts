import { and, eq } from 'drizzle-orm';
import { must } from '../../../shared/kernel/must.ts';
import type { Act } from '../../db/act.ts';
import { devices } from './device-table.ts';
import { sessionOver } from './sessions/live-session.ts';

/** The computer that somebody signs in on, as it tells about itself. */
export type DeviceFacts = {
  deviceId: string;
  deviceName: string;
  platform?: string | undefined;
  appVersion?: string | undefined;
};

/**
 * Notes that the person of the act uses the device of the act, and says whether they have used others and never this one.
 * A device that is to be wiped is told so instead.
 */
export async function registerDevice(act: Act, { deviceName, platform, appVersion }: DeviceFacts): Promise<boolean> {
  const id = must(act.deviceId, 'device');
  const userId = must(act.userId, 'user');
  const used = await act.tx.select().from(devices).where(eq(devices.userId, userId));
  const known = used.find((device) => device.id === id);
  if (known && known.wipeAskedAt !== null && known.wipedAt === null) throw sessionOver('wiped');
  const facts = { name: deviceName, platform: platform ?? null, appVersion: appVersion ?? null, lastSeenAt: act.now };
  await act.tx
    .insert(devices)
    .values({ id, userId, tenantId: act.tenantId, ...facts, createdAt: act.now })
    .onConflictDoUpdate({
      target: [devices.userId, devices.id],
      set: { ...facts, endedAt: null, wipeAskedAt: null, wipedAt: null },
    });
  return !known && used.length > 0;
}

/** It came back; what the app is may have changed meanwhile. */
export async function seeDevice(act: Act, facts: Pick<DeviceFacts, 'platform' | 'appVersion'>): Promise<void> {
  const { platform, appVersion } = facts;
  await act.tx
    .update(devices)
    .set({ lastSeenAt: act.now, ...(platform ? { platform } : {}), ...(appVersion ? { appVersion } : {}) })
    .where(and(eq(devices.userId, must(act.userId, 'user')), eq(devices.id, must(act.deviceId, 'device'))));
}
