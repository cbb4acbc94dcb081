import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { TOKEN_SCOPES } from './token-scope.ts';

/**
 * Answers the token itself this once; the server keeps only its hash. A personal token acts as its maker and dies with their
 * access; a service token (ADMIN) acts as the workspace with `role`. Neither syncs a desktop.
 */
export const createToken = operation({
  name: 'tokens.create',
  kind: 'command',
  online: true,
  summary: 'Make an access token for a script or another system.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/tokens' }],
  input: z.object({
    name: z.string().trim().min(1, 'Name it, so that you know it again').max(100),
    kind: z.enum(['personal', 'service']),
    scopes: z.array(z.enum(TOKEN_SCOPES)).min(1, 'Choose at least one scope'),
    /** For service tokens; personal ones have their maker’s role. */
    role: z.enum(['VIEWER', 'AGENT', 'MANAGER', 'ADMIN']).default('AGENT'),
    expiresInDays: z.number().int().min(1).max(366),
  }),
  output: z.object({ id: z.uuid(), token: z.string(), expiresAt: z.number() }),
});

export const revokeToken = operation({
  name: 'tokens.revoke',
  kind: 'command',
  summary: 'Revoke an access token, one’s own or, as an administrator, anybody’s.',
  role: 'VIEWER',
  routes: [{ method: 'DELETE', path: '/tokens/:id' }],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  patches: ({ id }) => [
    { kind: 'delete', table: 'own_items', ids: [id] },
    { kind: 'delete', table: 'admin_items', ids: [id] },
  ],
});
