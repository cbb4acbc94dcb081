import { changePassword as operation } from '../../../shared/people/security-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import { deviceVerbs } from './devices/device-verbs.ts';
import type { CheckPassword } from './own-password.ts';
import { changePassword } from './recovery/reset-password.ts';
import { createSecondFactorVerbs } from './second-factor/second-factor-verbs.ts';

/** Everything that people do about their own way in. */
export const createSecurityVerbs = (parts: { seal: Seal; checkPassword: CheckPassword }): BoundVerb[] => [
  bindVerb(operation, changePassword(parts)),
  ...createSecondFactorVerbs(parts),
  ...deviceVerbs,
];
