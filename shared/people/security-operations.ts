import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { newPassword } from '../auth/auth-requests.ts';

const password = z.string().min(1, 'Enter your password').max(200);
const code = z.string().regex(/^\d{6}$/, 'Six digits');
const recoveryCodes = z.array(z.string()).length(10);

/** Ends every other session of the person. */
export const changePassword = operation({
  name: 'security.changePassword',
  kind: 'command',
  online: true,
  summary: 'Change one’s own password.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/security/password' }],
  input: z.object({ password, newPassword }),
  output: z.object({}),
});

/** A secret for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s). It counts from `confirm` on. */
export const beginSecondFactor = operation({
  name: 'security.beginSecondFactor',
  kind: 'command',
  online: true,
  summary: 'Begin to set up an authenticator app.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/security/second-factor' }],
  input: z.object({ password }),
  output: z.object({ secret: z.string(), uri: z.string() }),
});

/** Answers ten recovery codes, each good for one sign-in. They are shown this once. */
export const confirmSecondFactor = operation({
  name: 'security.confirmSecondFactor',
  kind: 'command',
  online: true,
  summary: 'Confirm an authenticator app with a code it shows.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/security/second-factor/confirm' }],
  input: z.object({ code }),
  output: z.object({ recoveryCodes }),
});

export const removeSecondFactor = operation({
  name: 'security.removeSecondFactor',
  kind: 'command',
  online: true,
  summary: 'Stop asking for a second factor at sign-in.',
  role: 'VIEWER',
  routes: [{ method: 'DELETE', path: '/security/second-factor' }],
  input: z.object({ password }),
  output: z.object({}),
});

/** The old ones stop working. */
export const renewRecoveryCodes = operation({
  name: 'security.renewRecoveryCodes',
  kind: 'command',
  online: true,
  summary: 'Make ten new recovery codes.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/security/recovery-codes' }],
  input: z.object({ password }),
  output: z.object({ recoveryCodes }),
});

/**
 * Who has none does nothing else before they have set one up: sessions rest, sign-ins lead through it, personal tokens are refused.
 * `not_allowed_now` (details.reason `own_first`) for an administrator without one of their own.
 */
export const requireSecondFactor = operation({
  name: 'security.requireSecondFactor',
  kind: 'command',
  online: true,
  summary: 'Ask everybody in the workspace for a second factor, or no longer.',
  role: 'ADMIN',
  routes: [{ method: 'PUT', path: '/security/second-factor/required' }],
  input: z.object({ required: z.boolean() }),
  output: z.object({ required: z.boolean() }),
});
