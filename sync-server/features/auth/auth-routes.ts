import { json, Router, type Request } from 'express';
// `req.log` is declared there.
import type {} from 'pino-http';
import { drizzle } from 'drizzle-orm/node-postgres';
import {
  acceptInvitationRequest,
  beginEnrolmentRequest,
  confirmEnrolmentRequest,
  endRequest,
  forgotPasswordRequest,
  refreshRequest,
  resetPasswordRequest,
  secondFactorRequest,
  signInRequest,
  signUpRequest,
} from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { JobRequest } from '../../db/act.ts';
import { inTx } from '../../db/tx.ts';
import { confirmWipe } from './devices/device-verbs.ts';
import type { SignInParts } from './enter.ts';
import { findIdentity } from './sessions/issue-session.ts';
import { acceptInvitation, findOffer } from './joining/accept-invitation.ts';
import { sessionOver, type LiveSessions } from './sessions/live-session.ts';
import { forgotPasswordJob } from './recovery/forgot-password.ts';
import { resetPassword } from './recovery/reset-password.ts';
import { refreshSession } from './sessions/refresh-session.ts';
import { beginEnrolment, confirmEnrolment, secondFactorNeeded } from './second-factor/enrol.ts';
import { passChallenge } from './second-factor/challenge.ts';
import { createSignInLimit, type SignInLimit } from './sign-in-limit.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sessions/sign-out.ts';
import { signUp } from './sign-up.ts';

type AuthParts = SignInParts & {
  sessions: LiveSessions;
  authenticate: (req: Request) => Promise<{ userId: string }>;
  enqueueNow: (job: JobRequest) => Promise<void>;
  now: () => number;
};

const placeOf = (req: Request): string => req.ip ?? 'unknown';

/** `/api/auth`: sign-up, sign-in and its second step, refresh, sign-out, invitations, forgotten passwords, me. */
export function createAuthRoutes(parts: AuthParts): Router {
  const { pool, perform, secret, sessions, authenticate } = parts;
  const router = Router();
  const limit = createSignInLimit();
  router.use(json({ limit: '100kb' }));
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store');
    next();
  });

  router.post('/sign-up', async (req, res) => {
    const input = signUpRequest.parse(req.body);
    await limit.admitSignUp(placeOf(req));
    res.json({ data: await signUp(perform, secret, input) });
  });

  router.post('/sign-in', async (req, res) => {
    const input = signInRequest.parse(req.body);
    const place = placeOf(req);
    await limit.admit(input.email, place);
    try {
      const session = await signIn(parts, input);
      sessions.forget(session.identity.userId, input.deviceId);
      res.json({ data: session });
    } catch (error) {
      if (isWrongPassword(error)) req.log.warn({ place }, 'a sign-in failed: wrong address or password');
      else await limit.takeBack(input.email, place);
      throw error;
    }
    await limit.forget(input.email, place);
  });

  router.post('/second-factor', async (req, res) => {
    const input = secondFactorRequest.parse(req.body);
    await limit.admitCode(placeOf(req));
    const session = await passChallenge(parts, input).catch((error: unknown) => {
      req.log.warn({ place: placeOf(req) }, 'a second step of a sign-in failed');
      throw error;
    });
    sessions.forgetAll(session.identity.userId);
    res.json({ data: session });
  });

  router.post('/second-factor/begin', async (req, res) => {
    const input = beginEnrolmentRequest.parse(req.body);
    await limit.admitCode(placeOf(req));
    res.json({ data: await beginEnrolment(parts, input) });
  });

  router.post('/second-factor/confirm', async (req, res) => {
    const input = confirmEnrolmentRequest.parse(req.body);
    await limit.admitCode(placeOf(req));
    const enrolled = await confirmEnrolment(parts, input);
    sessions.forgetAll(enrolled.identity.userId);
    res.json({ data: enrolled });
  });

  router.post('/refresh', async (req, res) => {
    const { refreshToken, ...facts } = refreshRequest.parse(req.body);
    res.json({ data: await refreshSession(pool, perform, secret, refreshToken, facts) });
  });

  router.post('/sign-out', async (req, res) => {
    const { refreshToken } = endRequest.parse(req.body);
    const ended = await signOut(pool, perform, refreshToken);
    if (ended) sessions.forget(ended.userId, ended.deviceId);
    res.json({ data: {} });
  });

  router.post('/wiped', async (req, res) => {
    await confirmWipe(pool, perform, endRequest.parse(req.body).refreshToken);
    res.json({ data: {} });
  });

  router.get('/me', async (req, res) => {
    const { userId } = await authenticate(req);
    const found = await inTx(pool, (tx) => findIdentity(tx, userId));
    if (!found) throw sessionOver('removed');
    const { active: _, secondFactor: __, needsFactor: ___, ...identity } = found;
    res.json({ data: identity });
  });

  addLinks(router, parts, limit);
  return router;
}

/** What people reach by a link in a mail. */
function addLinks(router: Router, parts: AuthParts, limit: SignInLimit): void {
  router.get('/invitations/:token', async (req, res) => {
    await limit.admitLink(placeOf(req));
    res.json({ data: await findOffer(drizzle(parts.pool), String(req.params['token']), parts.now()) });
  });

  router.post('/invitations/:token/accept', async (req, res) => {
    const { name, password, ...device } = acceptInvitationRequest.parse(req.body);
    await limit.admitLink(placeOf(req));
    const token = String(req.params['token']);
    const { session, toEnrol } = await acceptInvitation(parts, token, { name, password, device }, parts.now());
    if (toEnrol !== undefined) throw secondFactorNeeded(toEnrol);
    res.json({ data: session });
  });

  // The server's own page: it makes the account, and the app signs in.
  router.post('/invitations/:token/join', async (req, res) => {
    const { name, password } = acceptInvitationRequest.pick({ name: true, password: true }).parse(req.body);
    await limit.admitLink(placeOf(req));
    const token = String(req.params['token']);
    const { email } = await acceptInvitation(parts, token, { name, password, device: null }, parts.now());
    res.json({ data: { email } });
  });

  router.post('/password/forgot', async (req, res) => {
    const { email } = forgotPasswordRequest.parse(req.body);
    await limit.admitForgot(email, placeOf(req));
    await parts.enqueueNow(forgotPasswordJob(email));
    res.json({ data: {} });
  });

  router.post('/password/reset', async (req, res) => {
    const input = resetPasswordRequest.parse(req.body);
    await limit.admitLink(placeOf(req));
    await resetPassword(parts, input);
    res.json({ data: {} });
  });
}

const isWrongPassword = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'unauthenticated' && error.details?.['reason'] === 'credentials';
