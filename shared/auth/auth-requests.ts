import { z } from 'zod';
import { ROLES } from '../protocol/role.ts';

const email = z.string().trim().toLowerCase().pipe(z.email('This is not an email address').max(254));

/** `POST /api/auth/sign-up`: a new tenant and its owner. */
export const signUpRequest = z.object({
  tenantName: z.string().trim().min(1, 'Name your company or team').max(100),
  name: z.string().trim().min(1, 'Tell us your name').max(100),
  email,
  password: z.string().min(10, 'Use at least 10 characters').max(200),
  /** ISO 3166 country of the tenant: the default for phone numbers without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  deviceId: z.uuid(),
  deviceName: z.string().max(100).default(''),
});

/** `POST /api/auth/sign-in`. */
export const signInRequest = z.object({
  email,
  password: z.string().min(1, 'Enter your password').max(200),
  deviceId: z.uuid(),
  deviceName: z.string().max(100).default(''),
});

/** `POST /api/auth/refresh`, `POST /api/auth/sign-out`. */
export const refreshRequest = z.object({ refreshToken: z.string().max(500) });

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

export type SignUpRequest = z.input<typeof signUpRequest>;
export type SignInRequest = z.input<typeof signInRequest>;
export type Identity = z.output<typeof identity>;
export type Session = z.output<typeof session>;
