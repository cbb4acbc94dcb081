import { json, Router, type Request } from 'express';
import { refreshRequest, signInRequest, signUpRequest } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { inTx } from '../../db/tx.ts';
import { findIdentity } from './issue-session.ts';
import { sessionOver, type LiveSessions } from './live-session.ts';
import { refreshSession } from './refresh-session.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signUp } from './sign-up.ts';

type AuthParts = {
  pool: Pool;
  perform: Perform;
  secret: Uint8Array;
  sessions: LiveSessions;
  authenticate: (req: Request) => Promise<{ userId: string }>;
};

/** `/api/auth`: sign-up, sign-in, refresh, sign-out, me. */
export function createAuthRoutes({ pool, perform, secret, sessions, authenticate }: AuthParts): Router {
  const router = Router();
  const limit = createSignInLimit();
  router.use(json({ limit: '100kb' }));

  router.post('/sign-up', async (req, res) => {
    const input = signUpRequest.parse(req.body);
    await limit.admitSignUp(req.ip ?? 'unknown');
    res.json({ data: await signUp(perform, secret, input) });
  });

  router.post('/sign-in', async (req, res) => {
    const input = signInRequest.parse(req.body);
    const place = req.ip ?? 'unknown';
    await limit.admit(input.email, place);
    try {
      const session = await signIn(pool, perform, secret, input);
      sessions.forget(session.identity.userId, input.deviceId);
      res.json({ data: session });
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unauthenticated')) await limit.takeBack(input.email, place);
      throw error;
    }
    await limit.forget(input.email, place);
  });

  router.post('/refresh', async (req, res) => {
    const { refreshToken } = refreshRequest.parse(req.body);
    res.json({ data: await refreshSession(pool, perform, secret, refreshToken) });
  });

  router.post('/sign-out', async (req, res) => {
    const { refreshToken } = refreshRequest.parse(req.body);
    const ended = await signOut(pool, perform, refreshToken);
    if (ended) sessions.forget(ended.userId, ended.deviceId);
    res.json({ data: {} });
  });

  router.get('/me', async (req, res) => {
    const { userId } = await authenticate(req);
    const found = await inTx(pool, (tx) => findIdentity(tx, userId));
    if (!found) throw sessionOver('removed');
    const { active: _, ...identity } = found;
    res.json({ data: identity });
  });

  return router;
}
