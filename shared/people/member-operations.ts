import { z } from 'zod';
import { idFromParts } from '../kernel/ids.ts';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { email } from '../auth/auth-requests.ts';
import { timeZone, language } from '../workspace/locale.ts';

const done = z.object({ id: z.uuid() });
export const seenIdOf = (userId: string): string => idFromParts(userId, 'seen');

const onMember = z.object({ userId: z.uuid() });

/** Everybody below the owner: ownership is transferred, never given out. */
export const GIVEN_ROLES = ['VIEWER', 'AGENT', 'MANAGER', 'ADMIN'] as const;

/**
 * Answers the link, which works once and for seven days; `mailed` tells whether a mail was accepted for delivery as well.
 * Refused with `conflict` where the address has an account or an open invitation.
 */
export const inviteMember = operation({
  name: 'members.invite',
  kind: 'command',
  online: true,
  summary: 'Invite somebody into the workspace, by mail or by a link.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/members/invitations' }],
  input: z.object({
    id: z.uuid().optional(),
    email,
    role: z.enum(GIVEN_ROLES),
    sendMail: z.boolean().default(true),
  }),
  output: z.object({ id: z.uuid(), link: z.url(), mailed: z.boolean(), expiresAt: z.number() }),
});

/** A new link with seven new days; the old one stops working. */
export const renewInvitation = operation({
  name: 'invitations.renew',
  kind: 'command',
  online: true,
  summary: 'Send an invitation again, with a new link.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/members/invitations/:id/renew' }],
  input: z.object({ id: z.uuid(), sendMail: z.boolean().default(true) }),
  output: z.object({ id: z.uuid(), link: z.url(), mailed: z.boolean(), expiresAt: z.number() }),
});

export const revokeInvitation = operation({
  name: 'invitations.revoke',
  kind: 'command',
  summary: 'Take an invitation back: its link stops working.',
  role: 'ADMIN',
  routes: [{ method: 'DELETE', path: '/members/invitations/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'admin_items', ids: [id] }],
});

/** Only the server knows whether this is the owner, so nothing shows before it has answered. */
export const setMemberRole = operation({
  name: 'members.setRole',
  kind: 'command',
  summary: 'Change what a member may do. Not the owner’s, and nobody changes their own.',
  role: 'ADMIN',
  routes: [{ method: 'PUT', path: '/members/:userId/role' }],
  input: onMember.extend({ role: z.enum(GIVEN_ROLES) }),
  output: done,
});

/** Ends every session of the member. What they own stays theirs until somebody hands it over. */
export const deactivateMember = operation({
  name: 'members.deactivate',
  kind: 'command',
  summary: 'Take a member’s access away. The owner cannot be deactivated.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/members/:userId/deactivate' }],
  input: onMember,
  output: done,
});

export const reactivateMember = operation({
  name: 'members.reactivate',
  kind: 'command',
  summary: 'Give a deactivated member access again.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/members/:userId/reactivate' }],
  input: onMember,
  output: done,
});

/** The former owner becomes an administrator. Asks for the password again, because it cannot be taken back alone. */
export const transferOwnership = operation({
  name: 'workspace.transferOwnership',
  kind: 'command',
  online: true,
  summary: 'Make another active member the owner of the workspace.',
  role: 'OWNER',
  routes: [{ method: 'POST', path: '/workspace/owner' }],
  input: onMember.extend({ password: z.string().min(1).max(200) }),
  output: done,
});

/** A second owner does not exist, so an owner who wants to leave hands over first (`conflict`, details.reason `last_owner`). */
export const leaveWorkspace = operation({
  name: 'workspace.leave',
  kind: 'command',
  online: true,
  summary: 'Leave the workspace: one’s own access ends on every device.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/workspace/leave' }],
  input: z.object({ password: z.string().min(1).max(200) }),
  output: done,
});

/** One’s own profile. `userId` is the caller’s; another’s answers `not_found`. */
export const updateProfile = operation({
  name: 'profile.update',
  kind: 'command',
  summary: 'Change one’s own name, signature, time zone or language.',
  role: 'VIEWER',
  routes: [{ method: 'PATCH', path: '/profile' }],
  input: z.object({
    name: z.string().trim().min(1, 'A name needs some text').max(100).optional(),
    signature: z.string().trim().max(2_000).nullable().optional(),
    timezone: timeZone.nullable().optional(),
    language: language.nullable().optional(),
  }),
  output: done,
});

/** The first-run tour, hints: each is shown until its name is here. */
export const markSeen = operation({
  name: 'profile.markSeen',
  kind: 'command',
  summary: 'Note that one has seen a tour or a hint.',
  role: 'VIEWER',
  routes: [{ method: 'PUT', path: '/profile/seen' }],
  input: z.object({ what: z.array(z.string().max(60)).max(100) }),
  output: z.object({}),
  patches: (body, { userId }): Patch[] => {
    const id = seenIdOf(userId);
    return [
      { kind: 'insert', table: 'own_items', id, values: { kind: 'seen', body } },
      { kind: 'set', table: 'own_items', ids: [id], values: { body } },
    ];
  },
});
