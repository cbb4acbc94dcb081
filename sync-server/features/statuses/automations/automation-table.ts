import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { FIRING_OUTCOMES } from '../../../../shared/statuses/automation-operations.ts';
import { TIME_UNITS, TRIGGER_TYPES } from '../../../../shared/statuses/status-automation.ts';
import { instant } from '../../../db/instant-column.ts';

/** See shared/statuses/status-automation.ts. */
export const statusAutomations = pgTable('status_automations', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  name: text('name').notNull(),
  triggerType: text('trigger_type', { enum: TRIGGER_TYPES }).notNull(),
  fromStatus: text('from_status'),
  timeValue: integer('time_value'),
  timeUnit: text('time_unit', { enum: TIME_UNITS }),
  triggerStatus: text('trigger_status'),
  targetStatus: text('target_status').notNull(),
  /** As people were let enter them; read again before they are used. */
  conditions: jsonb('conditions').$type<unknown>(),
  isActive: boolean('is_active').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type AutomationRow = typeof statusAutomations.$inferSelect;

/** Which contact an automation comes to, and when. */
export const statusTimers = pgTable('status_timers', {
  automationId: uuid('automation_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  tenantId: uuid('tenant_id').notNull(),
  enteredAt: instant('entered_at').notNull(),
  dueAt: instant('due_at').notNull(),
});

/** What automations did, and why they did not. */
export const statusFirings = pgTable('status_firings', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  automationId: uuid('automation_id').notNull(),
  automationName: text('automation_name').notNull(),
  contactId: uuid('contact_id').notNull(),
  at: instant('at').notNull(),
  dueAt: instant('due_at'),
  outcome: text('outcome', { enum: FIRING_OUTCOMES }).notNull(),
  reason: text('reason'),
  fromStatus: text('from_status'),
  toStatus: text('to_status').notNull(),
});
