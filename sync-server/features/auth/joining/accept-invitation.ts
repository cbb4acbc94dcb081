import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { InvitationOffer, Session } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Act } from '../../../db/act.ts';
import type { Tx } from '../../../db/tx.ts';
import { endedInvitations, invitations } from '../../people/invitation-table.ts';
import { tenants } from '../../workspace/tenant-table.ts';
import type { SignInParts } from '../enter.ts';
import { makeChallenge } from '../second-factor/challenge.ts';
import { ENROLMENT_MS } from '../second-factor/enrol.ts';
import { findIdentity, hashToken, issueSession } from '../sessions/issue-session.ts';
import { assertUncommon, hashPassword } from '../password.ts';
import { registerDevice, type DeviceFacts } from '../register-device.ts';
import { users } from '../user-table.ts';

type Invitation = typeof invitations.$inferSelect;

const ENDED = {
  used: 'This invitation was accepted already. Sign in with your email and password.',
  revoked: 'This invitation was taken back. Ask who invited you.',
  replaced: 'A newer invitation was sent to you. Use the link in the newest mail.',
} as const;

/** What the link offers. Throws `not_found` with the reason where it works no more, `not_allowed_now` where its time is over. */
export async function findOffer(tx: Tx, token: string, now: number): Promise<InvitationOffer> {
  const { invitation, tenantName, invitedBy } = await getInvitation(tx, token, now);
  const { email, role, expiresAt } = invitation;
  return { email, role, tenantName, invitedBy, expiresAt };
}

async function getInvitation(
  tx: Tx,
  token: string,
  now: number,
): Promise<{ invitation: Invitation; tenantName: string; invitedBy: string }> {
  const tokenHash = hashToken(token);
  const [found] = await tx
    .select({ invitation: invitations, tenantName: tenants.name, invitedBy: users.name })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.id, invitations.tenantId))
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .where(eq(invitations.tokenHash, tokenHash));
  if (!found) {
    const [ended] = await tx.select().from(endedInvitations).where(eq(endedInvitations.tokenHash, tokenHash));
    const words = ended ? ENDED[ended.why] : 'This invitation does not work. Check that the whole link was copied.';
    throw new AppError('not_found', words, { reason: ended?.why ?? 'unknown' });
  }
  if (found.invitation.expiresAt <= now)
    throw new AppError('not_allowed_now', 'This invitation was good for seven days and is over. Ask for a new one.', {
      reason: 'expired',
    });
  return { ...found, invitedBy: found.invitedBy ?? '' };
}

/** Makes the person, in one transaction with the end of the invitation. Without a device nobody is signed in: they do that in the app. */
export async function acceptInvitation(
  { pool, perform, secret }: SignInParts,
  token: string,
  { name, password, device }: { name: string; password: string; device: DeviceFacts | null },
  now: number,
): Promise<{ session: Session | null; toEnrol?: string; email: string }> {
  const { invitation, tenantName } = await getInvitation(drizzle(pool), token, now);
  const { id, tenantId, email, role } = invitation;
  assertUncommon(password, [name, email, tenantName]);
  const passwordHash = await hashPassword(password);
  const userId = newId<'user'>();
  return perform({ tenantId, userId, deviceId: device?.deviceId ?? null, role }, async (act) => {
    const { tx } = act;
    const [taken] = await tx
      .delete(invitations)
      .where(eq(invitations.tokenHash, hashToken(token)))
      .returning();
    // Accepted, taken back or renewed since we looked.
    if (!taken)
      throw await getInvitation(tx, token, act.now).then(
        () => new AppError('conflict', ENDED.used),
        (e) => e,
      );
    await endInvitation(act, taken.tokenHash, 'used');
    const person = { id: userId, tenantId, email, name, role, active: true };
    const made = await tx
      .insert(users)
      .values({ ...person, passwordHash, createdAt: act.now, updatedAt: act.now })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!made.length)
      throw new AppError('conflict', 'There is an account with this email already. Sign in with it instead.');
    act.audit({
      action: 'members.join',
      entity: 'user',
      entityId: userId,
      after: { name, email, role, invitationId: id },
    });
    if (!device) return { session: null, email };
    // They are a member, and get in as everybody does who has no second factor yet.
    const needsFactor = (await findIdentity(tx, userId))?.needsFactor;
    if (needsFactor) return { session: null, toEnrol: await makeChallenge(act, device, ENROLMENT_MS), email };
    await registerDevice(act, device);
    return { session: await issueSession(act, secret), email };
  });
}

const endInvitation = ({ tx, tenantId, now }: Act, tokenHash: string, why: 'used') =>
  tx.insert(endedInvitations).values({ tokenHash, tenantId, why, endedAt: now }).onConflictDoNothing();
