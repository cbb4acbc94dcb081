import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../shared/catalog/operations.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';
import { addNumber, makeWorld as makeTestWorld, type World } from '../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let viewer: Person;
let stranger: Person;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  viewer = await stack.join(owner, 'VIEWER');
  stranger = await stack.signUp();
  await addNumber(stack, owner.tenantId, '+15035550100');
  await addNumber(stack, stranger.tenantId, '+15035550199');
});
afterAll(() => stack.close());

const makeWorld = () => makeTestWorld(stack, owner, agent);

type Case = {
  input: (w: World) => Record<string, unknown>;
  /** Whose id the audit row carries. */
  entity: (w: World) => string | null;
  /** Operations that must have happened first. */
  before?: (w: World) => { name: string; input: unknown }[];
  /** About the person alone, whatever their role. */
  ofOneself?: true;
  /** Makes something new from nothing of this tenant, so there is no foreign id to try. */
  needsNothing?: true;
};

/** Of what a test makes: one id is of one kind of thing for good. */
let made: string;
beforeEach(() => {
  made = randomUUID();
});
const rows = (w: World) => ({
  name: 'imports.addRows',
  input: { id: w.importId, part: 0, rows: [{ row: 2, fields: { firstName: 'A' }, tags: [] }] },
});

/** One good input of every command that can wait; those that cannot are tried in features/people and features/auth. */
const COMMANDS: Record<string, Case> = {
  'contacts.create': { input: () => ({ id: made, firstName: 'New' }), entity: () => made, needsNothing: true },
  'contacts.update': { input: (w) => ({ id: w.contactId, company: 'Acme' }), entity: (w) => w.contactId },
  'contacts.delete': { input: (w) => ({ id: w.contactId }), entity: (w) => w.contactId },
  'contacts.addTags': { input: (w) => ({ contactIds: [w.contactId], tags: ['new'] }), entity: (w) => w.contactId },
  'contacts.removeTags': { input: (w) => ({ contactIds: [w.contactId], tags: ['vip'] }), entity: (w) => w.contactId },
  'segments.create': {
    input: () => ({ id: made, name: 'Hot', rule: { field: 'leadScore', op: 'atLeast', value: 76 } }),
    entity: () => made,
    needsNothing: true,
  },
  'segments.update': { input: (w) => ({ id: w.segmentId, name: 'Warm' }), entity: (w) => w.segmentId },
  'segments.delete': { input: (w) => ({ id: w.segmentId }), entity: (w) => w.segmentId },
  'contacts.addToGroup': {
    input: (w) => ({ groupId: w.groupId, contactIds: [w.contactId] }),
    entity: (w) => w.contactId,
  },
  'contacts.removeFromGroup': {
    input: (w) => ({ groupId: w.groupId, contactIds: [w.contactId] }),
    entity: (w) => w.contactId,
  },
  'groups.create': { input: () => ({ id: made, name: 'Sailors' }), entity: () => made, needsNothing: true },
  'groups.update': { input: (w) => ({ id: w.groupId, name: 'Sailors', description: null }), entity: (w) => w.groupId },
  'groups.delete': { input: (w) => ({ id: w.groupId }), entity: (w) => w.groupId },
  'attributes.create': {
    input: () => ({ id: made, key: 'size', label: 'Size', type: 'number' }),
    entity: () => made,
    needsNothing: true,
  },
  'attributes.update': {
    input: (w) => ({ id: w.attributeId, key: 'x', label: 'Size', type: 'number', choices: null, displayOrder: 0 }),
    entity: (w) => w.attributeId,
  },
  'attributes.delete': { input: (w) => ({ id: w.attributeId }), entity: (w) => w.attributeId },
  'leadStatuses.create': { input: () => ({ id: made, name: 'Demo' }), entity: () => made, needsNothing: true },
  'leadStatuses.update': { input: (w) => ({ id: w.statusId, isActive: false }), entity: (w) => w.statusId },
  'leadStatuses.delete': { input: (w) => ({ id: w.statusId }), entity: (w) => w.statusId },
  'leadStatuses.reorder': { input: (w) => ({ ids: [w.statusId] }), entity: () => null },
  'statusAutomations.create': {
    input: () => ({ id: made, name: 'X', triggerType: 'STATUS_CHANGE', triggerStatus: 'lost', targetStatus: 'new' }),
    entity: () => made,
    needsNothing: true,
  },
  'statusAutomations.update': { input: (w) => ({ id: w.automationId, name: 'Y' }), entity: (w) => w.automationId },
  'statusAutomations.delete': { input: (w) => ({ id: w.automationId }), entity: (w) => w.automationId },
  'pipelines.create': { input: () => ({ id: made, name: 'Churn' }), entity: () => made, needsNothing: true },
  'pipelines.update': {
    input: (w) => ({ id: w.pipelineId, name: 'Churn', displayOrder: 2 }),
    entity: (w) => w.pipelineId,
  },
  'pipelines.delete': { input: (w) => ({ id: w.pipelineId }), entity: (w) => w.pipelineId },
  'stages.create': { input: (w) => ({ ...w.stage, id: made }), entity: () => made },
  'stages.update': {
    input: (w) => ({ ...w.stage, id: w.stageId, name: 'Second', color: null }),
    entity: (w) => w.stageId,
  },
  'stages.delete': { input: (w) => ({ id: w.stageId }), entity: (w) => w.stageId },
  'contacts.moveToStage': {
    input: (w) => ({ contactIds: [w.contactId], stageId: w.stageId }),
    entity: (w) => w.contactId,
  },
  'contacts.setStatus': {
    input: (w) => ({ contactIds: [w.contactId], leadStatus: 'Contact made' }),
    entity: (w) => w.contactId,
  },
  'contacts.setScore': { input: (w) => ({ contactIds: [w.contactId], leadScore: 50 }), entity: (w) => w.contactId },
  'contacts.assign': { input: (w) => ({ contactIds: [w.contactId], ownerId: null }), entity: (w) => w.contactId },
  'contacts.deleteMany': { input: (w) => ({ contactIds: [w.contactId] }), entity: (w) => w.contactId },
  'consents.record': {
    input: (w) => ({ contactId: w.contactId, purpose: 'marketing', kind: 'spoken', source: 'Fair' }),
    entity: (w) => w.contactId,
  },
  'consents.withdraw': {
    input: (w) => ({ contactId: w.contactId, purpose: 'marketing' }),
    entity: (w) => w.contactId,
  },
  'contacts.optOut': { input: (w) => ({ id: w.contactId }), entity: (w) => w.contactId },
  'contacts.optIn': {
    input: (w) => ({ id: w.contactId, consent: { purpose: 'automated', kind: 'written', source: 'Form' } }),
    entity: (w) => w.contactId,
  },
  'contacts.merge': { input: (w) => ({ keepId: w.contactId, mergeId: w.otherId }), entity: (w) => w.contactId },
  'contacts.notDuplicates': { input: (w) => ({ a: w.contactId, b: w.otherId }), entity: () => null },
  'contactViews.save': {
    input: () => ({
      id: made,
      name: 'Hot ones',
      view: { sort: 'score', order: 'desc', columns: [{ key: 'name' }, { key: 'score' }] },
    }),
    entity: () => made,
    needsNothing: true,
    ofOneself: true,
  },
  'contactViews.delete': { input: (w) => ({ id: w.viewId }), entity: (w) => w.viewId, ofOneself: true },
  'workspace.setMessageDays': {
    input: () => ({ messageDays: 90 }),
    entity: () => owner.tenantId,
    needsNothing: true,
  },
  'notes.add': { input: (w) => ({ id: made, contactId: w.contactId, body: 'Hi' }), entity: () => made },
  'notes.edit': { input: (w) => ({ id: w.noteId, body: 'Second' }), entity: (w) => w.noteId },
  'notes.delete': { input: (w) => ({ id: w.noteId }), entity: (w) => w.noteId },
  'messages.send': { input: (w) => ({ id: made, contactId: w.contactId, body: 'Hi' }), entity: () => made },
  'conversations.setStatus': {
    input: (w) => ({ id: w.conversationId, status: 'CLOSED' }),
    entity: (w) => w.conversationId,
  },
  'imports.start': {
    input: () => ({ id: made, fileName: 'b.csv', total: 1, duplicates: 'skip' }),
    entity: () => made,
    needsNothing: true,
  },
  'imports.addRows': { input: (w) => rows(w).input, entity: (w) => w.importId },
  'imports.run': { input: (w) => ({ id: w.importId }), entity: (w) => w.importId, before: (w) => [rows(w)] },
  'imports.pause': {
    input: (w) => ({ id: w.importId }),
    entity: (w) => w.importId,
    before: (w) => [rows(w), { name: 'imports.run', input: { id: w.importId } }],
  },
  'activity.undo': { input: (w) => ({ id: w.actId }), entity: (w) => w.actId },
  'tasks.create': {
    input: (w) => ({ id: made, title: 'Call', contactId: w.contactId, conversationId: w.conversationId }),
    entity: () => made,
  },
  'tasks.update': { input: (w) => ({ id: w.taskId, title: 'Call again' }), entity: (w) => w.taskId },
  'tasks.complete': { input: (w) => ({ id: w.taskId }), entity: (w) => w.taskId },
  'tasks.reopen': {
    input: (w) => ({ id: w.taskId }),
    entity: (w) => w.taskId,
    before: (w) => [{ name: 'tasks.complete', input: { id: w.taskId } }],
  },
  'tasks.delete': { input: (w) => ({ id: w.taskId }), entity: (w) => w.taskId },
  'notifications.setStatus': {
    input: (w) => ({ ids: [w.noticeId], status: 'READ' }),
    entity: (w) => w.noticeId,
    ofOneself: true,
  },
  'notifications.read': { input: (w) => ({ id: w.noticeId }), entity: (w) => w.noticeId, ofOneself: true },
  'notifications.archive': { input: (w) => ({ id: w.noticeId }), entity: (w) => w.noticeId, ofOneself: true },
  'notifications.delete': { input: (w) => ({ id: w.noticeId }), entity: (w) => w.noticeId, ofOneself: true },
  'notifications.setPreferences': {
    input: () => ({ kinds: {}, quiet: null, sound: false }),
    entity: () => owner.userId,
    needsNothing: true,
    ofOneself: true,
  },
  'notifications.mute': {
    input: (w) => ({ conversationId: w.conversationId, until: null }),
    entity: (w) => w.conversationId,
    ofOneself: true,
  },
  'notifications.unmute': {
    input: (w) => ({ conversationId: w.conversationId }),
    entity: (w) => w.conversationId,
    before: (w) => [{ name: 'notifications.mute', input: { conversationId: w.conversationId, until: null } }],
    needsNothing: true,
    ofOneself: true,
  },
  'workspace.update': {
    input: () => ({ currency: 'USD', senderName: `Acme ${randomUUID()}` }),
    entity: () => owner.tenantId,
    needsNothing: true,
  },
  'phoneNumbers.label': { input: (w) => ({ id: w.numberId, label: 'Desk' }), entity: (w) => w.numberId },
  'phoneNumbers.remove': { input: (w) => ({ id: w.numberId }), entity: (w) => w.numberId },
  'invitations.revoke': { input: (w) => ({ id: w.invitationId }), entity: (w) => w.invitationId },
  'members.setRole': { input: (w) => ({ userId: w.memberId, role: 'MANAGER' }), entity: (w) => w.memberId },
  'members.deactivate': { input: (w) => ({ userId: w.memberId }), entity: (w) => w.memberId },
  'members.reactivate': {
    input: (w) => ({ userId: w.memberId }),
    entity: (w) => w.memberId,
    before: (w) => [{ name: 'members.deactivate', input: { userId: w.memberId } }],
  },
  'profile.update': {
    input: () => ({ name: 'Olive O.', language: 'es' }),
    entity: () => owner.userId,
    needsNothing: true,
    ofOneself: true,
  },
  'profile.markSeen': {
    input: () => ({ what: ['tour'] }),
    entity: () => owner.userId,
    needsNothing: true,
    ofOneself: true,
  },
  'tokens.revoke': { input: (w) => ({ id: w.tokenId }), entity: (w) => w.tokenId, ofOneself: true },
  'devices.end': { input: (w) => ({ id: w.deviceKey }), entity: (w) => w.deviceKey, ofOneself: true },
  'devices.wipe': { input: (w) => ({ id: w.deviceKey }), entity: (w) => w.deviceKey, ofOneself: true },
  'privacy.exportData': { input: () => ({ id: randomUUID() }), entity: () => null, needsNothing: true },
  'privacy.eraseContact': {
    input: (w) => ({ id: w.contactId, reason: 'Asked for it' }),
    entity: (w) => w.contactId,
  },
  'merges.restore': { input: (w) => ({ id: w.metId }), entity: (w) => w.metId },
  'merges.dismiss': { input: (w) => ({ id: w.metId }), entity: (w) => w.metId },
  'imports.undo': { input: (w) => ({ id: w.importId }), entity: (w) => w.importId },
};

test('every command of the catalog is tried here', () => {
  const commands = OPERATIONS.filter((o: Operation) => o.kind === 'command' && !o.online).map(({ name }) => name);
  expect(Object.keys(COMMANDS).toSorted()).toEqual(commands.toSorted());
});

describe.each(Object.entries(COMMANDS))('%s', (name, { input, entity, before, needsNothing, ofOneself }) => {
  test('is done for who may, and the audit log says who did it', async () => {
    const world = await makeWorld();
    const results = await owner.push(...(before?.(world) ?? []), { name, input: input(world) });
    expect(results.at(-1)).toMatchObject({ status: 'accepted' });
    const audit = await stack.rows(
      'select user_id, device_id from audit_log where action = $1 and (entity_id = $2 or $2 is null) order by at',
      name,
      entity(world),
    );
    expect(audit.at(-1)).toEqual({ user_id: owner.userId, device_id: owner.deviceId });
  });

  test.skipIf(ofOneself)('is refused for a viewer', async () => {
    expect(await viewer.push({ name, input: input(await makeWorld()) })).toMatchObject([
      { status: 'refused', code: 'forbidden' },
    ]);
  });

  if (needsNothing) return;
  test('does not find the things of another tenant', async () => {
    expect(await stranger.push({ name, input: input(await makeWorld()) })).toMatchObject([
      { status: 'refused', code: 'not_found' },
    ]);
  });
});

/** Name, path, whether it is about one thing, and whether that thing is the owner’s alone. */
const QUERIES: [string, (w: World) => string, boolean, 'own'?][] = [
  ['notifications.get', (w) => `/notifications/${w.noticeId}`, true, 'own'],
  ['contacts.list', () => '/contacts', false],
  ['contacts.get', (w) => `/contacts/${w.contactId}`, true],
  ['segments.list', () => '/segments', false],
  ['segments.get', (w) => `/segments/${w.segmentId}`, true],
  ['groups.list', () => '/contact-groups', false],
  ['leadStatuses.get', (w) => `/lead-statuses/${w.statusId}`, true],
  ['statusAutomations.list', () => '/lead-statuses/automations', false],
  ['statusAutomations.get', (w) => `/lead-statuses/automations/${w.automationId}`, true],
  ['statusAutomations.dryRun', (w) => `/lead-statuses/automations/${w.automationId}/dry-run`, true],
  ['statusAutomations.firings', (w) => `/lead-statuses/firings?contactId=${w.contactId}`, false],
  ['pipelines.get', (w) => `/pipelines/${w.pipelineId}`, true],
  ['contacts.ids', () => '/contacts/ids', false],
  ['contacts.history', (w) => `/contacts/${w.contactId}/history`, true],
  ['contacts.conversations', (w) => `/contacts/${w.contactId}/conversations`, true],
  ['conversations.list', () => '/conversations', false],
  ['messages.list', (w) => `/conversations/${w.conversationId}/messages`, true],
  ['tasks.list', () => '/tasks', false],
  ['tasks.get', (w) => `/tasks/${w.taskId}`, true],
  ['notifications.list', () => '/notifications', false],
  ['activity.list', (w) => `/activity?entityId=${w.contactId}`, false],
  ['jobs.list', () => '/jobs', false],
  ['privacy.exportContact', (w) => `/privacy/contacts/${w.contactId}`, true],
  ['imports.problems', (w) => `/imports/${w.importId}/problems`, true],
];

test('every query of the catalog is tried here', () => {
  const queries = OPERATIONS.filter(({ kind }) => kind === 'query').map(({ name }) => name);
  // About no thing in particular, a file, or a workspace begins with some; the tests of their features ask for them.
  for (const name of [
    'contacts.count',
    'contacts.dashboard',
    'contacts.exportCsv',
    'contacts.exportSalesforce',
    'doNotCall.list',
    'leadStatuses.list',
    'notifications.getPreferences',
    'pipelines.list',
    'segments.countMatching',
    'workspace.exportSettings',
  ] as const)
    queries.splice(queries.indexOf(name), 1);
  expect(QUERIES.map(([name]) => name).toSorted()).toEqual(queries.toSorted());
});

describe.each(QUERIES)('%s', (name, path, isOfOne, own) => {
  test('answers who may ask in the promised shape, and nobody below', async () => {
    const operation = OPERATIONS.find((o) => o.name === name);
    const isForAll = operation?.role === 'VIEWER' && !own;
    if (!isForAll) expect((await viewer.call('GET', path(await makeWorld()))).status).toBe(own ? 404 : 403);
    const { status, body } = await (isForAll ? viewer : owner).call('GET', path(await makeWorld()));
    expect(status).toBe(200);
    const promised = operation?.output.safeParse(body.total === undefined ? body.data : body);
    expect(promised?.error).toBeUndefined();
  });

  test('shows nothing of another tenant', async () => {
    const nobody = await stack.signUp();
    const { status, body } = await nobody.call('GET', path(await makeWorld()));
    if (isOfOne) expect({ status, code: body.error?.code }).toEqual({ status: 404, code: 'not_found' });
    else expect(body).toMatchObject({ data: [], total: 0 });
  });
});
