import { createHash } from 'node:crypto';

/** Tokens have 256 random bits, so a plain hash keeps them. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('hex');
