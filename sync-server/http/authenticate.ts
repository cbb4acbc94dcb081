import type { Request } from 'express';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Role } from '../../shared/protocol/role.ts';
import type { Actor } from '../db/act.ts';

/** The signed-in person and device behind a request. */
export type Caller = { userId: string; tenantId: string; deviceId: string; role: Role; name: string };

/**
 * Who may call operations over REST: a person on a device, or a script with an access token. A token's id stands where a device's would,
 * so that the audit log tells by which one something was done; a service token acts for no person.
 */
export type ApiCaller = Actor & {
  name: string;
  token: { id: string; kind: 'personal' | 'service'; scopes: readonly string[] } | null;
};

/** Who sends this request and what they may do now. Throws `unauthenticated` when it carries no valid `Authorization: Bearer` token. */
export type Authenticate<C = Caller> = (req: Request) => Promise<C>;

export const createAuthenticate =
  <C>(verify: (token: string) => Promise<C>): Authenticate<C> =>
  async (req) => {
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token)
      throw new AppError('unauthenticated', 'Sign in first: this request carries no access token.', {
        reason: 'missing',
      });
    return verify(token);
  };
