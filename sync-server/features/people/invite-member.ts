import { randomBytes } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type * as operations from '../../../shared/people/member-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { DAY_MS, type Pruning } from '../../db/prune-table.ts';
import type { Seal } from '../../db/sealed.ts';
import { mailJob } from '../../jobs/send-mail.ts';
import { writeMail } from '../../ports/letter.ts';
import { users } from '../auth/user-table.ts';
import { tenants } from '../workspace/tenant-table.ts';
import { endedInvitations, invitations } from './invitation-table.ts';
import { hashLinkToken } from './link-token.ts';

export type InviteParts = { seal: Seal; publicUrl: string };

const GOOD_MS = 7 * DAY_MS;

type Answer = { id: string; link: string; mailed: boolean; expiresAt: number };

export const inviteMember =
  (parts: InviteParts): Verb<typeof operations.inviteMember> =>
  async (act, { id: givenId, email, role, sendMail }) => {
    const { tx, tenantId, now } = act;
    const [account] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (account)
      throw new AppError('conflict', 'This address has an account already. Nobody was invited.', {
        fields: { email: 'Has an account already' },
      });
    // One whose time is over stands in nobody's way.
    await tx
      .delete(invitations)
      .where(and(eq(invitations.tenantId, tenantId), eq(invitations.email, email), lt(invitations.expiresAt, now)));
    const id = givenId ?? act.newId<'invitation'>();
    const token = makeToken();
    const expiresAt = now + GOOD_MS;
    const made = await tx
      .insert(invitations)
      .values({
        id,
        tenantId,
        email,
        role,
        tokenHash: hashLinkToken(token),
        invitedById: must(act.userId, 'person'),
        createdAt: now,
        expiresAt,
      })
      .onConflictDoNothing()
      .returning({ id: invitations.id });
    if (!made.length)
      throw new AppError('conflict', 'This address is invited already. Send that invitation again instead.', {
        fields: { email: 'Invited already' },
      });
    act.audit({ action: 'members.invite', entity: 'invitation', entityId: id, after: { email, role } });
    return hand(parts, act, { id, email, token, expiresAt, sendMail });
  };

export const renewInvitation =
  (parts: InviteParts): Verb<typeof operations.renewInvitation> =>
  async (act, { id, sendMail }) => {
    const before = await getInvitation(act, id);
    const token = makeToken();
    const expiresAt = act.now + GOOD_MS;
    await act.tx
      .update(invitations)
      .set({ tokenHash: hashLinkToken(token), expiresAt, invitedById: must(act.userId, 'person') })
      .where(eq(invitations.id, id));
    await end(act, before.tokenHash, 'replaced');
    act.audit({ action: 'invitations.renew', entity: 'invitation', entityId: id, after: { email: before.email } });
    return hand(parts, act, { id, email: before.email, token, expiresAt, sendMail });
  };

export const revokeInvitation: Verb<typeof operations.revokeInvitation> = async (act, { id }) => {
  const { tokenHash, email, role } = await getInvitation(act, id);
  await act.tx.delete(invitations).where(eq(invitations.id, id));
  await end(act, tokenHash, 'revoked');
  act.audit({ action: 'invitations.revoke', entity: 'invitation', entityId: id, before: { email, role } });
  return { id };
};

/** What a person has invited, or was the last to send again. */
export async function revokeInvitationsBy(act: Act, userId: string): Promise<void> {
  const open = await act.tx
    .delete(invitations)
    .where(and(eq(invitations.tenantId, act.tenantId), eq(invitations.invitedById, userId)))
    .returning();
  for (const { id, tokenHash, email, role } of open) {
    await end(act, tokenHash, 'revoked');
    act.audit({ action: 'invitations.revoke', entity: 'invitation', entityId: id, before: { email, role } });
  }
}

async function getInvitation({ tx, tenantId }: Act, id: string): Promise<typeof invitations.$inferSelect> {
  const [found] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.tenantId, tenantId)))
    .for('update');
  if (!found) throw new AppError('not_found', 'There is no such invitation any more. Nothing was changed.');
  return found;
}

const end = ({ tx, tenantId, now }: Act, tokenHash: string, why: 'revoked' | 'replaced') =>
  tx.insert(endedInvitations).values({ tokenHash, tenantId, why, endedAt: now }).onConflictDoNothing();

const makeToken = (): string => randomBytes(32).toString('base64url');

/** The link, and the mail with it where one is wanted. */
async function hand(
  { seal, publicUrl }: InviteParts,
  act: Act,
  invitation: { id: string; email: string; token: string; expiresAt: number; sendMail: boolean },
): Promise<Answer> {
  const { id, email, token, expiresAt, sendMail } = invitation;
  const link = `${publicUrl}/join/${token}`;
  if (sendMail) {
    const { tx, tenantId, userId } = act;
    const [tenant] = await tx.select({ name: tenants.name }).from(tenants).where(eq(tenants.id, tenantId));
    const [inviter] = await tx
      .select({ name: users.name })
      .from(users)
      .where(eq(users.id, must(userId, 'person')));
    const where = tenant?.name ?? 'Switchboard';
    const letter = writeMail({
      to: email,
      subject: `${inviter?.name ?? 'Somebody'} invites you to ${where} on Switchboard`,
      paragraphs: [
        `${inviter?.name ?? 'Somebody'} invites you to work in ${where} on Switchboard.`,
        'The link below works once, for seven days. If you did not expect it, there is nothing to do.',
      ],
      link: { label: `Join ${where}`, url: link },
    });
    await act.enqueue(mailJob(seal, letter));
  }
  return { id, link, mailed: sendMail, expiresAt };
}

export const oldEndedInvitations: Pruning = {
  table: endedInvitations,
  isOver: (now) => lt(endedInvitations.endedAt, now - 60 * DAY_MS),
};
