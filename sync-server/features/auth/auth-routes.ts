import { json, Router, type Request } from 'express';
import { refreshRequest, signInRequest, signUpRequest } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { inTx } from '../../db/tx.ts';
import type { AccessClaims } from './access-token.ts';
import { getIdentity } from './issue-session.ts';
import { refreshSession } from './refresh-session.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signUp } from './sign-up.ts';

type AuthParts = {
  pool: Pool;
  perform: Perform;
  secret: Uint8Array;
  authenticate: (req: Request) => Promise<AccessClaims>;
};

/** `/api/auth`: sign-up, sign-in, refresh, sign-out, me. */
export function createAuthRoutes({ pool, perform, secret, authenticate }: AuthParts): Router {
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
    await limit.assertMayTry(input.email, place);
    try {
      res.json({ data: await signIn(pool, perform, secret, input) });
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') await limit.countFailure(input.email, place);
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
    await signOut(pool, perform, refreshToken);
    res.json({ data: {} });
  });

  router.get('/me', async (req, res) => {
    const { userId } = await authenticate(req);
    const { active: _, ...identity } = await inTx(pool, (tx) => getIdentity(tx, userId));
    res.json({ data: identity });
  });

  return router;
}
