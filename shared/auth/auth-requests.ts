import { z } from 'zod';
import { ROLES } from '../protocol/role.ts';

/** An address as accounts are known by: trimmed, in lower case. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .meta({ format: 'email' })
  .pipe(z.email('This is not an email address').max(254));

/** Length counts, not kinds of characters (NIST SP 800-63B 3.1.1); the server also refuses the most common ones. */
export const newPassword = z.string().min(10, 'Use at least 10 characters').max(200);

const onDevice = {
  deviceId: z.uuid(),
  deviceName: z.string().max(100).default(''),
  platform: z.string().max(40).optional(),
  appVersion: z.string().max(40).optional(),
};

/** `POST /api/auth/sign-up`: a new tenant and its owner. */
export const signUpRequest = z.object({
  tenantName: z.string().trim().min(1, 'Name your company or team').max(100),
  name: z.string().trim().min(1, 'Tell us your name').max(100),
  email,
  password: newPassword,
  /** ISO 3166 country of the tenant: the default for phone numbers without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  ...onDevice,
});

/**
 * `POST /api/auth/sign-in`. Where the person has a second factor the answer is `unauthenticated` with details
 * `{reason: 'second_factor', challenge}`; `POST /api/auth/second-factor` goes on with it.
 */
export const signInRequest = z.object({
  email,
  password: z.string().min(1, 'Enter your password').max(200),
  ...onDevice,
});

/** `POST /api/auth/second-factor`: the challenge of a sign-in (five minutes, five tries) with a code of the app or a recovery code. */
export const secondFactorRequest = z.object({
  challenge: z.string().max(2_000),
  code: z.string().trim().min(6).max(40),
});

/**
 * `POST /api/auth/second-factor/begin`, where a sign-in or an invitation was answered `unauthenticated` with details
 * `{reason: 'second_factor_needed', challenge}` because the workspace asks everybody for a second factor: a secret for an authenticator app.
 */
export const beginEnrolmentRequest = z.object({ challenge: z.string().max(2_000) });
export const begunEnrolment = z.object({ secret: z.string(), uri: z.string() });

/** `POST /api/auth/second-factor/confirm`: a code of that app turns it on and lets its person in (15 minutes, five tries). */
export const confirmEnrolmentRequest = beginEnrolmentRequest.extend({
  code: z.string().regex(/^\d{6}$/, 'Six digits'),
});

/** `GET /api/auth/invitations/:token`: what the link offers. `not_found` when it was used, revoked or replaced; `not_allowed_now` when expired. */
export const invitationOffer = z.object({
  email: z.string(),
  role: z.enum(ROLES),
  tenantName: z.string(),
  invitedBy: z.string(),
  expiresAt: z.number(),
});

/** `POST /api/auth/invitations/:token/accept`: answers a session. */
export const acceptInvitationRequest = z.object({
  name: z.string().trim().min(1, 'Tell us your name').max(100),
  password: newPassword,
  ...onDevice,
});

/** `POST /api/auth/password/forgot`: always answers `{}`, whether or not there is such an account. */
export const forgotPasswordRequest = z.object({ email });

/** `POST /api/auth/password/reset`: the link works once, for an hour; every session of the person ends. */
export const resetPasswordRequest = z.object({ token: z.string().max(500), newPassword });

/** `POST /api/auth/refresh`. What the app is may have changed since it signed in. */
export const refreshRequest = z.object({
  refreshToken: z.string().max(500),
  platform: z.string().max(40).optional(),
  appVersion: z.string().max(40).optional(),
});

/** `POST /api/auth/sign-out`; `POST /api/auth/wiped`, by which a device that was asked to tells that it has deleted what it held. */
export const endRequest = z.object({ refreshToken: z.string().max(500) });

export const identity = z.object({
  userId: z.uuid(),
  tenantId: z.uuid(),
  tenantName: z.string(),
  country: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
});

/**
 * Answer of sign-up, sign-in and refresh. The access token is a JWT of 15 minutes; the refresh token is opaque, good for
 * 90 days from its last use and for one use: a second use ends every session of that device (`unauthenticated`, details.reason `reused`).
 */
export const session = z.object({
  identity,
  accessToken: z.string(),
  accessExpiresAt: z.number(),
  refreshToken: z.string(),
});

/** Answer of `second-factor/confirm`: ten recovery codes beside the session, shown this once. */
export const enrolled = session.extend({ recoveryCodes: z.array(z.string()) });

export type SignUpRequest = z.input<typeof signUpRequest>;
export type SignInRequest = z.input<typeof signInRequest>;
export type Identity = z.output<typeof identity>;
export type Session = z.output<typeof session>;
export type Enrolled = z.output<typeof enrolled>;
export type SecondFactorRequest = z.input<typeof secondFactorRequest>;
export type InvitationOffer = z.output<typeof invitationOffer>;
export type AcceptInvitationRequest = z.input<typeof acceptInvitationRequest>;
