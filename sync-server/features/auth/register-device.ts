import { must } from '../../../shared/kernel/must.ts';
import type { Act } from '../../db/act.ts';
import { devices } from './device-table.ts';

/** Notes that the person of the act uses the device of the act. */
export async function registerDevice(act: Act, name: string): Promise<void> {
  const id = must(act.deviceId, 'device');
  const userId = must(act.userId, 'user');
  await act.tx
    .insert(devices)
    .values({ id, userId, tenantId: act.tenantId, name, createdAt: act.now, lastSeenAt: act.now })
    .onConflictDoUpdate({ target: [devices.userId, devices.id], set: { name, lastSeenAt: act.now } });
}
