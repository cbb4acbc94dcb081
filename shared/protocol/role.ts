/** What a person may do in their tenant, weakest first. Each role may do all that the ones before it may. */
export const ROLES = ['VIEWER', 'AGENT', 'MANAGER', 'ADMIN', 'OWNER'] as const;

export type Role = (typeof ROLES)[number];

/** Whether `role` is at least `needed`. */
export const hasRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
