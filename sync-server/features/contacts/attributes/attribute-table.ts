import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { ATTRIBUTE_TYPES } from '../../../../shared/contacts/attribute-operations.ts';
import { instant } from '../../../db/instant-column.ts';

export const attributeDefinitions = pgTable('attribute_definitions', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  key: text('key').notNull(),
  label: text('label').notNull(),
  type: text('type', { enum: ATTRIBUTE_TYPES }).notNull(),
  choices: jsonb('choices').$type<string[]>(),
  displayOrder: integer('display_order').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
