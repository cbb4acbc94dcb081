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
  messengerPsid: 'text',
  instagramSid: 'text',
  profilePicUrl: 'text',
  hasMessenger: 'boolean',
  hasInstagram: 'boolean',
  facebookPageId: 'uuid',
  pipelineId: 'uuid',
  stageId: 'uuid',
  stageEnteredAt: 'instant',
  statusEnteredAt: 'instant',
  sentiment: 'text',
  estimatedRevenueCents: 'cents',
  actualRevenueCents: 'cents',
  emergency: 'boolean',
  keywords: 'json',
  aiContext: 'text',
  aiContextUpdatedAt: 'instant',
  marketingConsentUntil: 'instant',
  automatedConsentUntil: 'instant',
  optOutMethod: 'text',
  optOutReason: 'text',
  doNotCallAt: 'instant',
  lastInboundAt: 'instant',
  lastOutboundAt: 'instant',
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

/** `groupId`: a group, or a static segment. `id` is `groupMemberIdOf(contactId, groupId)`. */
export const groupMembersTable = syncedTable('group_members', {
  contactId: 'uuid',
  groupId: 'uuid',
  createdAt: 'instant',
});

export const notesTable = syncedTable('notes', {
  contactId: 'uuid',
  authorId: 'uuid',
  body: 'text',
  createdAt: 'instant',
  updatedAt: 'instant',
});
