import { findOperation } from '../../../shared/catalog/operations.ts';
import { must } from '../../../shared/kernel/must.ts';
import { endDevice, wipeDevice } from '../../../shared/people/device-operations.ts';
import {
  deactivateMember,
  markSeen,
  reactivateMember,
  revokeInvitation,
  setMemberRole,
  updateProfile,
} from '../../../shared/people/member-operations.ts';
import { revokeToken } from '../../../shared/people/token-operations.ts';
import type { Operation } from '../../../shared/protocol/operation.ts';
import { eraseContact, exportData } from '../../../shared/workspace/privacy-operations.ts';

/** Commands that are declared, whether or not the catalog lists them yet. */
const DECLARED = new Map<string, Operation>(
  [
    endDevice,
    wipeDevice,
    setMemberRole,
    deactivateMember,
    reactivateMember,
    revokeInvitation,
    updateProfile,
    markSeen,
    revokeToken,
    exportData,
    eraseContact,
  ].map((each) => [each.name, each as unknown as Operation]),
);

export const operationNamed = (name: string): Operation => must(findOperation(name) ?? DECLARED.get(name), name);
