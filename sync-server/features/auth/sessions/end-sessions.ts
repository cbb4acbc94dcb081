import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { devices } from '../device-table.ts';
import { lockSessions } from './lock-sessions.ts';
import { refreshTokens } from './refresh-token-table.ts';

/** Ends a person's sessions: on one device, on all but one, or everywhere. Access tokens end with them (live-session.ts). */
export async function endSessions(
  { tx, now, tenantId }: Pick<Act, 'tx' | 'now' | 'tenantId'>,
  userId: string,
  where: { on?: string; except?: string | null } = {},
): Promise<void> {
  const { on, except } = where;
  await lockSessions({ tx }, userId);
  await tx
    .update(refreshTokens)
    .set({ endedAt: now })
    .where(
      and(
        eq(refreshTokens.tenantId, tenantId),
        eq(refreshTokens.userId, userId),
        isNull(refreshTokens.endedAt),
        ...(on ? [eq(refreshTokens.deviceId, on)] : []),
        ...(except ? [ne(refreshTokens.deviceId, except)] : []),
      ),
    );
  await tx
    .update(devices)
    .set({ endedAt: now })
    .where(
      and(
        eq(devices.tenantId, tenantId),
        eq(devices.userId, userId),
        isNull(devices.endedAt),
        ...(on ? [eq(devices.id, on)] : []),
        ...(except ? [ne(devices.id, except)] : []),
      ),
    );
}
