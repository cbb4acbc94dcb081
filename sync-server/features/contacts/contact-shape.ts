import {
  contactsTable,
  contactTagsTable,
  groupMembersTable,
  notesTable,
} from '../../../shared/contacts/contact-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Everybody in a tenant sees all its contacts, with their tags and notes. */
export const contactShapes: readonly ShapeRule[] = [
  { table: contactsTable, role: 'VIEWER', scope: 'tenant' },
  { table: contactTagsTable, role: 'VIEWER', scope: 'tenant' },
  { table: groupMembersTable, role: 'VIEWER', scope: 'tenant' },
  { table: notesTable, role: 'VIEWER', scope: 'tenant' },
];
