import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** The computers a person has signed in on. A device makes its own id, so the key is person and device together. */
export const devices = pgTable(
  'devices',
  {
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    name: text('name').notNull(),
    /** What others call the device by: its id is its own choice. */
    key: uuid('key').notNull().defaultRandom(),
    platform: text('platform'),
    appVersion: text('app_version'),
    endedAt: instant('ended_at'),
    wipeAskedAt: instant('wipe_asked_at'),
    wipedAt: instant('wiped_at'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.id] })],
);
