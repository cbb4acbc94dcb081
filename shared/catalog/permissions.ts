import { scopeOf, type TokenScope } from '../people/token-scope.ts';
import type { Operation } from '../protocol/operation.ts';
import { hasRole, ROLES, type Role } from '../protocol/role.ts';

/** Who may do one thing, or replicate one table. `scope` is what an access token needs for it besides; null where no token may. */
export type Permission = {
  readonly name: string;
  readonly kind: 'operation' | 'table';
  readonly needed: Role;
  readonly scope: TokenScope | null;
  readonly allowed: Readonly<Record<Role, boolean>>;
};

const allowedFrom = (needed: Role): Record<Role, boolean> =>
  Object.fromEntries(ROLES.map((role) => [role, hasRole(role, needed)])) as Record<Role, boolean>;

/**
 * Role by operation and role by table, as the declarations have it: there is no second list of permissions to disagree with them.
 * What depends on whose a thing is (one’s own devices, the owner’s access) its verb decides on top of this.
 */
export function listPermissions(
  operations: readonly Pick<Operation, 'name' | 'kind' | 'role'>[],
  tables: readonly { readonly name: string; readonly role: Role }[],
): Permission[] {
  return [
    ...operations.map((one): Permission => ({
      name: one.name,
      kind: 'operation',
      needed: one.role,
      scope: scopeOf(one),
      allowed: allowedFrom(one.role),
    })),
    ...tables.map(({ name, role }): Permission => ({
      name,
      kind: 'table',
      needed: role,
      scope: null,
      allowed: allowedFrom(role),
    })),
  ];
}
