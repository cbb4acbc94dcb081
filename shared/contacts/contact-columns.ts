import { syncedTable } from '../protocol/synced-table.ts';

export const contactsTable = syncedTable('contacts', {
  firstName: 'text',
  lastName: 'text',
  company: 'text',
  email: 'text',
  phone: 'text',
  leadScore: 'integer',
  leadStatus: 'text',
  ownerId: 'uuid',
  source: 'text',
  locale: 'text',
  timezone: 'text',
  attributes: 'json',
  optedOutAt: 'instant',
  lastInteractionAt: 'instant',
  createdAt: 'instant',
  updatedAt: 'instant',
});

/** `id` is `idFromParts(contactId, tagId)`: adding a tag twice is adding it once. */
export const contactTagsTable = syncedTable('contact_tags', {
  contactId: 'uuid',
  tagId: 'uuid',
  createdAt: 'instant',
});

export const notesTable = syncedTable('notes', {
  contactId: 'uuid',
  authorId: 'uuid',
  body: 'text',
  createdAt: 'instant',
  updatedAt: 'instant',
});
