import * as memberOperations from '../../../shared/people/member-operations.ts';
import * as tokenOperations from '../../../shared/people/token-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { deactivateMember, reactivateMember, setMemberRole, type EndSessions } from './change-member.ts';
import { createToken, revokeToken } from './change-token.ts';
import { leaveWorkspace, transferOwnership, type CheckPassword } from './hand-over.ts';
import { inviteMember, renewInvitation, revokeInvitation, type InviteParts } from './invite-member.ts';
import { markSeen, updateProfile } from './profile.ts';

export type PeopleParts = InviteParts & { checkPassword: CheckPassword; endSessions: EndSessions };

export const createPeopleVerbs = (parts: PeopleParts): BoundVerb[] => [
  bindVerb(memberOperations.inviteMember, inviteMember(parts)),
  bindVerb(memberOperations.renewInvitation, renewInvitation(parts)),
  bindVerb(memberOperations.revokeInvitation, revokeInvitation),
  bindVerb(memberOperations.setMemberRole, setMemberRole),
  bindVerb(memberOperations.deactivateMember, deactivateMember(parts.endSessions)),
  bindVerb(memberOperations.reactivateMember, reactivateMember),
  bindVerb(memberOperations.transferOwnership, transferOwnership(parts.checkPassword)),
  bindVerb(memberOperations.leaveWorkspace, leaveWorkspace(parts.checkPassword, parts.endSessions)),
  bindVerb(memberOperations.updateProfile, updateProfile),
  bindVerb(memberOperations.markSeen, markSeen),
  bindVerb(tokenOperations.createToken, createToken),
  bindVerb(tokenOperations.revokeToken, revokeToken),
];
