import type { Request } from 'express';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Role } from '../../shared/protocol/role.ts';

/** The signed-in person and device behind a request. */
export type Caller = { userId: string; tenantId: string; deviceId: string; role: Role; name: string };

/** Who sends this request and what they may do now. Throws `unauthenticated` when it carries no valid `Authorization: Bearer` token. */
export type Authenticate = (req: Request) => Promise<Caller>;

export const createAuthenticate =
  (verify: (token: string) => Promise<Caller>): Authenticate =>
  async (req) => {
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token)
      throw new AppError('unauthenticated', 'Sign in first: this request carries no access token.', {
        reason: 'missing',
      });
    return verify(token);
  };
