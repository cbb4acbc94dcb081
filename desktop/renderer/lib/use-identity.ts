import type { Identity } from '../../../shared/auth/auth-requests.ts';
import { hasRole, type Role } from '../../../shared/protocol/role.ts';
import { useQuery } from './use-query.ts';

/** Who is signed in; null only while signed out. */
export function useIdentity(): Identity | null {
  const { data } = useQuery('session.get', {});
  return data?.status === 'signed-in' ? data.identity : null;
}

/** The country whose numbers are written nationally. */
export const useCountry = (): string => useIdentity()?.country ?? 'US';

export function useMay(role: Role): boolean {
  const identity = useIdentity();
  return identity !== null && hasRole(identity.role, role);
}
