import fc from 'fast-check';
import type { CommandName, InputNamed } from '../../../shared/catalog/operations.ts';
import { conversationIdOf } from '../../../shared/inbox/message.ts';

const uuid = (block: number, i: number): string => `00000000-0000-7000-8${block}00-00000000000${i}`;

export const TENANT = uuid(9, 0);
export const USER = uuid(8, 0);
/** Few rows, so that scripts meet on them. */
export const CONTACT_IDS = [0, 1, 2, 3].map((i) => uuid(0, i));
export const MERGE_IDS = [0, 1].map((i) => uuid(2, i));
export const TASK_IDS = [0, 1].map((i) => uuid(4, i));
export const NOTICE_IDS = [0, 1].map((i) => uuid(5, i));
export const NOTE_IDS = [0, 1, 2].map((i) => uuid(1, i));
export const GROUP_IDS = [0, 1].map((i) => uuid(6, i));
export const SETUP_IDS = [0, 1, 2].map((i) => uuid(7, i));
const VIEW_IDS = [0, 1].map((i) => uuid(3, i));
const TAGS = ['vip', 'cold'];

const mergeId = fc.constantFrom(...MERGE_IDS);
const viewId = fc.constantFrom(...VIEW_IDS);
const contactId = fc.constantFrom(...CONTACT_IDS);
const taskId = fc.constantFrom(...TASK_IDS);
const noticeId = fc.constantFrom(...NOTICE_IDS);
const noteId = fc.constantFrom(...NOTE_IDS);
const groupId = fc.constantFrom(...GROUP_IDS);
/** What a workspace sets up: of any kind, as one id has one kind only where the server says so. */
const setupId = fc.constantFrom(...SETUP_IDS);
const contactIds = fc.uniqueArray(contactId, { minLength: 1, maxLength: 4 });
const tags = fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 2 });
/** Texts are made unique when the script runs, so that every value tells when it was written. */
const text = fc.constant('?');

const stage = fc.record({
  id: setupId,
  pipelineId: setupId,
  name: text,
  displayOrder: fc.constant(0),
  probability: fc.constant(0),
  color: fc.constant(null),
});

type Inputs = { [N in CommandName]: fc.Arbitrary<InputNamed<N>> | 'no patches' };

/**
 * What random scripts do with every command there is. A command that is added to the product is added here, or this does not
 * compile; `no patches` is for those that show nothing before the server has answered.
 */
export const MODEL_INPUTS: Inputs = {
  'contacts.create': fc.record({ id: contactId, firstName: text, tags: fc.option(tags, { nil: undefined }) }) as never,
  'contacts.update': fc.oneof(
    fc.record({ id: contactId, company: text }),
    fc.record({ id: contactId, firstName: text, company: text }),
  ) as never,
  'contacts.delete': fc.record({ id: contactId }),
  'contacts.addTags': fc.record({ contactIds, tags }),
  'contacts.removeTags': fc.record({ contactIds, tags }),
  'segments.create': fc.record({
    id: setupId,
    name: text,
    rule: fc.constant({ all: [] }),
  }) as never,
  'segments.update': 'no patches',
  'segments.delete': fc.record({ id: setupId }) as never,
  'contacts.addToGroup': fc.record({ groupId, contactIds }),
  'contacts.removeFromGroup': fc.record({ groupId, contactIds }),
  'groups.create': fc.record({ id: groupId, name: text, description: fc.constant(null) }),
  'groups.update': fc.record({ id: groupId, name: text, description: fc.constant(null) }),
  'groups.delete': fc.record({ id: groupId }),
  'attributes.create': fc.record({
    id: setupId,
    key: text,
    label: text,
    type: fc.constant('text' as const),
    choices: fc.constant(null),
    displayOrder: fc.constant(0),
  }),
  'attributes.update': 'no patches',
  'attributes.delete': fc.record({ id: setupId }),
  'leadStatuses.create': fc.record({ id: setupId, name: text }) as never,
  'leadStatuses.update': fc.record({
    id: setupId,
    name: text,
    key: fc.constant('k'),
    isSystem: fc.constant(false),
  }) as never,
  'leadStatuses.delete': fc.record({ id: setupId }) as never,
  'leadStatuses.reorder': 'no patches',
  'statusAutomations.create': fc.record({
    id: setupId,
    name: text,
    triggerType: fc.constant('STATUS_CHANGE' as const),
    targetStatus: fc.constant('new'),
  }) as never,
  'statusAutomations.update': 'no patches',
  'statusAutomations.delete': fc.record({ id: setupId }),
  'pipelines.create': fc.record({ id: setupId, name: text, displayOrder: fc.constant(0) }),
  'pipelines.update': fc.record({ id: setupId, name: text, displayOrder: fc.constant(0) }),
  'pipelines.delete': fc.record({ id: setupId, anyway: fc.constant(false) }),
  'stages.create': stage,
  'stages.update': stage,
  'stages.delete': fc.record({ id: setupId, moveTo: fc.constant(null) }),
  'contacts.moveToStage': fc.record({
    contactIds,
    stageId: fc.option(taskId),
    pipelineId: fc.option(taskId),
  }) as never,
  'contacts.setStatus': fc.record({ contactIds, leadStatus: fc.option(fc.constantFrom('new', 'sold')) }) as never,
  'contacts.setScore': fc.record({ contactIds, leadScore: fc.option(fc.nat(100)) }) as never,
  'contacts.assign': fc.record({ contactIds, ownerId: fc.option(fc.constant(USER)) }) as never,
  'contacts.deleteMany': fc.record({ contactIds }),
  'consents.record': fc.record({
    contactId,
    purpose: fc.constantFrom('marketing' as const, 'automated' as const),
    kind: fc.constant('spoken' as const),
    source: text,
    evidence: fc.constant(null),
    expiresAt: fc.constant(null),
  }) as never,
  'consents.withdraw': fc.record({
    contactId,
    purpose: fc.constantFrom('marketing' as const, 'automated' as const),
    method: fc.constant(null),
    reason: fc.constant(null),
  }) as never,
  'contacts.optOut': fc.record({ id: contactId, method: fc.constant('manual' as const), reason: text }) as never,
  'contacts.optIn': fc.record({
    id: contactId,
    consent: fc.record({
      purpose: fc.constant('marketing' as const),
      kind: fc.constant('spoken' as const),
      source: text,
      evidence: fc.constant(null),
      expiresAt: fc.constant(null),
    }),
  }) as never,
  'contacts.merge': fc
    .uniqueArray(contactId, { minLength: 2, maxLength: 2 })
    .map(([keepId, mergeId]) => ({ keepId, mergeId, fields: { company: '?' } })) as never,
  'contacts.notDuplicates': fc
    .uniqueArray(contactId, { minLength: 2, maxLength: 2 })
    .map(([a, b]) => ({ a, b })) as never,
  'contactViews.save': fc.record({
    id: viewId,
    name: text,
    displayOrder: fc.constant(0),
    view: fc.constant({ search: '', sort: 'name', order: 'asc', columns: [{ key: 'name' }] }),
  }) as never,
  'contactViews.delete': fc.record({ id: viewId }),
  'notes.add': fc.record({ id: noteId, contactId, body: text }),
  'notes.edit': fc.record({ id: noteId, body: text }),
  'notes.delete': fc.record({ id: noteId }),
  'messages.send': fc.record({ id: fc.uuid({ version: 7 }), contactId, body: text }),
  'conversations.setStatus': fc.record({
    id: contactId.map((id) => conversationIdOf(id, 'sms')),
    status: fc.constantFrom('OPEN' as const, 'CLOSED' as const, 'ARCHIVED' as const),
  }) as never,
  'imports.start': fc.record({
    id: fc.uuid({ version: 7 }),
    fileName: text,
    total: fc.constant(1),
    duplicates: fc.constant('merge' as const),
  }) as never,
  'merges.restore': fc.record({
    id: mergeId,
    shows: fc.record({
      entity: fc.constant('contact' as const),
      entityId: contactId,
      values: fc.record({ company: text }),
    }),
  }) as never,
  'merges.dismiss': fc.record({ id: mergeId }),
  'tasks.create': fc.record({ id: taskId, title: text, contactId: fc.option(contactId) }) as never,
  'tasks.update': fc.record({ id: taskId, title: text }) as never,
  'tasks.complete': fc.record({ id: taskId }),
  'tasks.reopen': fc.record({ id: taskId }),
  'tasks.delete': fc.record({ id: taskId }),
  'notifications.setStatus': fc.record({
    ids: fc.uniqueArray(noticeId, { minLength: 1, maxLength: 2 }),
    status: fc.constantFrom('READ' as const, 'UNREAD' as const, 'ARCHIVED' as const),
  }) as never,
  'notifications.read': fc.record({ id: noticeId }),
  'notifications.archive': fc.record({ id: noticeId }),
  'notifications.delete': fc.record({ id: noticeId }),
  'notifications.setPreferences': fc.record({
    kinds: fc.constant({}),
    quiet: fc.constant(null),
    sound: fc.boolean(),
  }) as never,
  'notifications.mute': fc.record({ conversationId: contactId, until: fc.option(fc.nat(5)) }) as never,
  'notifications.unmute': fc.record({ conversationId: contactId }),
  'workspace.update': 'no patches',
  'phoneNumbers.label': 'no patches',
  'phoneNumbers.remove': fc.record({ id: noticeId }),
  'imports.addRows': 'no patches',
  'imports.run': 'no patches',
  'imports.pause': 'no patches',
  'imports.undo': 'no patches',
  'workspace.setMessageDays': 'no patches',
  'members.setRole': 'no patches',
  'members.deactivate': 'no patches',
  'members.reactivate': 'no patches',
  'profile.update': 'no patches',
  'devices.end': 'no patches',
  'devices.wipe': 'no patches',
  'invitations.revoke': fc.record({ id: mergeId }),
  'tokens.revoke': fc.record({ id: mergeId }),
  'profile.markSeen': fc.record({ what: fc.uniqueArray(text, { maxLength: 1 }) }) as never,
  'privacy.exportData': 'no patches',
  'privacy.eraseContact': fc.record({ id: contactId, reason: text }),
  'activity.undo': fc.record({
    id: mergeId,
    anyway: fc.constant(true),
    inverse: fc.record({
      name: fc.constant('contacts.update'),
      input: fc.record({ id: contactId, company: text }),
    }),
  }) as never,
};

/** A command with its input, drawn from all of them. */
export const anyCommand: fc.Arbitrary<{ name: CommandName; input: Record<string, unknown> }> = fc.oneof(
  ...Object.entries(MODEL_INPUTS)
    .filter((entry): entry is [CommandName, fc.Arbitrary<never>] => entry[1] !== 'no patches')
    .map(([name, input]) => fc.record({ name: fc.constant(name), input })),
);

/** The input with every text made unique. */
export const withTexts = (input: Record<string, unknown>, next: () => string): Record<string, unknown> =>
  JSON.parse(JSON.stringify(input), (_, value: unknown) => (value === '?' ? next() : value)) as Record<string, unknown>;
