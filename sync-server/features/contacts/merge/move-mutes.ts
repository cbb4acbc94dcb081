import { sql } from 'drizzle-orm';
import { muteIdOf } from '../../../../shared/notifications/notification-preferences.ts';
import type { Act } from '../../../db/act.ts';

/** Who wanted no banners of a conversation, until when, and whether a merge gave them the same of the one it went into. */
export type KeptMute = { userId: string; until: unknown; isGiven: boolean };

type Found = { userId: string; until: unknown };

/** Who muted the one conversation has the other muted; who had that one muted already keeps it as it was. */
export async function moveMutes(act: Act, fromId: string, intoId: string): Promise<KeptMute[]> {
  const { rows } = await act.tx.execute<Found>(sql`
    delete from own_items where tenant_id = ${act.tenantId} and kind = 'mute' and body ->> 'conversationId' = ${fromId}
    returning user_id as "userId", body -> 'until' as until`);
  const given = new Set(await addMutes(act, intoId, rows));
  return rows.map((row) => ({ ...row, isGiven: given.has(row.userId) }));
}

/** The merged conversation is muted as it was, and the kept one no more where that is still the merge's. */
export async function moveMutesBack(
  act: Act,
  mutes: readonly KeptMute[],
  fromId: string,
  backId: string,
): Promise<void> {
  await addMutes(act, backId, mutes);
  for (const { userId, until } of mutes.filter(({ isGiven }) => isGiven))
    await act.tx.execute(sql`
      delete from own_items where id = ${muteIdOf(userId, fromId)} and tenant_id = ${act.tenantId} and user_id = ${userId}
        and body -> 'until' = ${JSON.stringify(until ?? null)}::jsonb`);
}

/** Answers whose mutes are new. */
async function addMutes({ tx, tenantId }: Act, conversationId: string, mutes: readonly Found[]): Promise<string[]> {
  if (!mutes.length) return [];
  const items = mutes.map(({ userId, until }) => ({
    id: muteIdOf(userId, conversationId),
    user_id: userId,
    body: { conversationId, until: until ?? null },
  }));
  const { rows } = await tx.execute<{ userId: string }>(sql`
    insert into own_items (id, tenant_id, user_id, kind, body)
    select r.id, ${tenantId}::uuid, r.user_id, 'mute', r.body
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(id uuid, user_id uuid, body jsonb)
    join users u on u.id = r.user_id and u.tenant_id = ${tenantId}
    order by r.id on conflict do nothing returning user_id as "userId"`);
  return rows.map(({ userId }) => userId);
}
