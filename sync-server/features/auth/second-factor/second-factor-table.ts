import { bigint, jsonb, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../db/instant-column.ts';
import type { DeviceFacts } from '../register-device.ts';

/** The secret of a person's authenticator app, sealed. It counts from `enabledAt` on. */
export const secondFactors = pgTable('second_factors', {
  userId: uuid('user_id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  sealedSecret: text('sealed_secret').notNull(),
  enabledAt: instant('enabled_at'),
  /** The newest time step that was used. */
  lastStep: bigint('last_step', { mode: 'number' }),
  createdAt: instant('created_at').notNull(),
});

/** Codes for when the app is lost, by their hash. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

/** Sign-ins that wait for their second step. */
export const challenges = pgTable('sign_in_challenges', {
  tokenHash: text('token_hash').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  device: jsonb('device').$type<DeviceFacts>().notNull(),
  tries: integer('tries').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
