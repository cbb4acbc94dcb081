import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { applySlice } from '../sync/apply-messages.ts';
import { writeLocally } from '../sync/local-write.ts';
import { activityQueries, readActPage } from './activity/activity-queries.ts';
import { outboxQueries } from './outbox/outbox-queries.ts';
import { notificationQueries } from './notifications/notification-queries.ts';
import { peopleQueries } from './people/people-queries.ts';
import { taskQueries } from './tasks/task-queries.ts';

const ME = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';
const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

let replica: Replica;
beforeEach(() => {
  replica = openReplica(':memory:');
  feed('workspace_items', [
    { id: ME, kind: 'member', body: JSON.stringify({ name: 'Mia', email: 'm@x', role: 'AGENT', active: true }) },
    { id: OTHER, kind: 'member', body: JSON.stringify({ name: 'Otto', email: 'o@x', role: 'AGENT', active: true }) },
  ]);
  feed('contacts', [{ id: 'c1', first_name: 'Ada', last_name: 'Lovelace' }]);
});
afterEach(() => replica.close());

function feed(table: string, rows: readonly Record<string, unknown>[]): void {
  const messages = rows.map((value) => ({ value, headers: { operation: 'insert' as const } }));
  applySlice(replica, table, [...messages, { headers: { control: 'up-to-date', global_last_seen_lsn: '100' } }], {
    handle: 'h',
    offset: '0_inf',
  });
}
const context = () => ({ db: replica, now: () => NOW, me: { userId: ME, deviceId: 'd1' } }) as never;
const at = (ms: number) => new Date(ms).toISOString();
const task = (id: string, more: Record<string, unknown>) => ({
  id,
  title: `Task ${id}`,
  owner_id: ME,
  all_day: 'f',
  created_at: at(NOW),
  updated_at: at(NOW),
  ...more,
});

test('my day holds my open tasks by when they are due, those of others and done ones left out', () => {
  feed('tasks', [
    task('late', { due_at: at(NOW - 30 * HOUR) }),
    task('today', { due_at: at(NOW + HOUR), contact_id: 'c1' }),
    task('soon', { due_at: at(NOW + 48 * HOUR) }),
    task('someday', {}),
    task('theirs', { due_at: at(NOW), owner_id: OTHER }),
    task('done', { due_at: at(NOW), completed_at: at(NOW), completed_by_id: ME }),
  ]);
  const todayAt = Date.UTC(2026, 10, 20);
  const day = taskQueries['day.get'](context(), { todayAt, tomorrowAt: todayAt + 24 * HOUR });
  expect([day.late, day.today, day.soon, day.unscheduled].map((rows) => rows.map(({ id }) => id))).toEqual([
    ['late'],
    ['today'],
    ['soon'],
    ['someday'],
  ]);
  expect(day.today[0]).toMatchObject({ contactName: 'Ada Lovelace', ownerName: 'Mia', allDay: false, pending: false });
  expect([day.doneToday, day.waiting]).toEqual([1, 0]);
});

test('a list of tasks says how many there are, and which have not left this computer', () => {
  feed('tasks', [task('a', { due_at: at(NOW) }), task('b', { owner_id: null }), task('c', { owner_id: OTHER })]);
  writeLocally(replica, {
    writeId: 'w1',
    name: 'tasks.complete',
    input: {},
    madeAt: 1,
    unit: 'w1',
    patches: [{ kind: 'set', table: 'tasks', ids: ['a'], values: { completedAt: NOW, completedById: ME } }],
    marks: [],
  });
  const list = (whose: 'mine' | 'everyone' | 'nobody', state: 'open' | 'done', limit = 10) => {
    const { rows, total } = taskQueries['tasks.list'](context(), { filter: { whose, state }, limit });
    return [rows.map(({ id, pending }) => `${id}${pending ? ' pending' : ''}`), total];
  };
  expect(list('everyone', 'open')).toEqual([['b', 'c'], 2]);
  expect(list('everyone', 'open', 1)).toEqual([['b'], 2]);
  expect(list('nobody', 'open')).toEqual([['b'], 1]);
  expect(list('mine', 'done')).toEqual([['a pending'], 1]);
});

test('notifications are listed newest first with whom they are about, and say whether their conversation is muted', () => {
  const notice = (id: string, more: Record<string, unknown>) => ({
    id,
    kind: 'SMS_REPLY',
    status: 'UNREAD',
    params: '{"preview":"Hi"}',
    count: '2',
    created_at: at(NOW),
    ...more,
  });
  feed('notifications', [
    notice('n1', { contact_id: 'c1', conversation_id: 'v1' }),
    notice('n2', { kind: 'TASK_DUE', created_at: at(NOW + 1) }),
    notice('n3', { status: 'ARCHIVED' }),
    notice('n4', { status: 'READ', conversation_id: 'v2', created_at: at(NOW - 1) }),
  ]);
  feed('own_items', [
    { id: 'm1', kind: 'mute', body: JSON.stringify({ conversationId: 'v1', until: null }) },
    { id: 'm2', kind: 'mute', body: JSON.stringify({ conversationId: 'v2', until: NOW - 1 }) },
  ]);
  const list = notificationQueries['notifications.list'](context(), { status: 'all', limit: 2 });
  expect(list.rows.map(({ id, contactName, muted, count, params }) => [id, contactName, muted, count, params])).toEqual(
    [
      ['n2', null, false, 2, { preview: 'Hi' }],
      ['n1', 'Ada Lovelace', true, 2, { preview: 'Hi' }],
    ],
  );
  expect([list.unread, list.more]).toEqual([2, true]);
  expect(notificationQueries['notifications.ids'](context(), { status: 'unread', kinds: ['TASK_DUE'] })).toEqual([
    'n2',
  ]);
  expect(notificationQueries['notifications.unread'](context(), {})).toEqual({ count: 2, contactIds: ['c1'] });
});

test('an act may be taken back by who did it, within its days and once', () => {
  const act = (id: string, more: Record<string, unknown>) => ({
    id,
    user_id: ME,
    device_name: 'Laptop',
    action: 'contacts.update',
    entity: 'contact',
    entity_id: 'c1',
    contact_id: 'c1',
    records: '1',
    before: '{"company":null}',
    after: '{"company":"Acme"}',
    undoable: 't',
    undo: '{"name":"contacts.update","input":{"id":"c1","company":null}}',
    at: at(NOW),
    ...more,
  });
  feed('acts', [
    act('mine', {}),
    act('theirs', { user_id: OTHER, at: at(NOW - 1) }),
    act('old', { at: at(NOW - 31 * 24 * HOUR) }),
    act('undone', { undone_at: at(NOW), at: at(NOW - 2) }),
    act('sent', { action: 'messages.send', undoable: 'f', undo: null, at: at(NOW - 3) }),
  ]);
  const list = activityQueries['acts.list'](context(), { filter: {}, limit: 10 });
  expect(list.rows.map(({ id, mayUndo }) => `${id} ${mayUndo}`)).toEqual([
    'mine true',
    'theirs false',
    'undone false',
    'sent false',
    'old false',
  ]);
  expect(list.rows[0]).toMatchObject({
    userName: 'Mia',
    contactName: 'Ada Lovelace',
    title: 'Ada Lovelace edited',
    before: { company: null },
    inverse: { name: 'contacts.update', input: { id: 'c1', company: null } },
  });
  const sought = activityQueries['acts.list'](context(), { filter: { search: 'otto', area: 'contacts' }, limit: 10 });
  expect(sought.rows.map(({ id }) => id)).toEqual(['theirs']);
});

test('what came in slices is one act, with the sum of its records, in the list and in a file of it', () => {
  const act = (id: string, more: Record<string, unknown>) => ({
    id,
    user_id: ME,
    action: 'contacts.setScore',
    entity: 'contact',
    records: '5000',
    after: '{"leadScore":9}',
    undoable: 't',
    undo: '{"name":"contacts.revert","input":{"actId":"x"}}',
    ...more,
  });
  feed('acts', [
    act('s1', { unit: 'bulk', at: at(NOW) }),
    act('other', { unit: 'w', action: 'notes.add', records: '1', at: at(NOW + 1) }),
    act('s2', { unit: 'bulk', at: at(NOW + 2) }),
    act('s3', { unit: 'bulk', records: '120', at: at(NOW + 3) }),
    act('old', { at: at(NOW - 1), records: '2' }),
  ]);
  const list = activityQueries['acts.list'](context(), { filter: {}, limit: 10 });
  expect(list.rows.map(({ id, records, inverse }) => [id, records, inverse !== null])).toEqual([
    ['s3', 10_120, false],
    ['other', 1, true],
    ['old', 2, true],
  ]);
  expect(list.rows[0]?.title).toBe('Score of 10,120 contacts changed');
  // A file that goes on behind the newest slice has none of the others.
  const rid = replica.db.prepare(`SELECT rid FROM acts WHERE id = 's3'`).pluck().get() as number;
  const rest = readActPage(context(), {}, { at: NOW + 3, rid });
  expect(rest.rows.map(({ id }) => id)).toEqual(['other', 'old']);
});

test('a search of the activity looks through so many a page, says that there is more, and goes on where more is asked for', () => {
  const act = (i: number) => ({
    id: `a${i}`,
    user_id: i === 0 ? OTHER : ME,
    action: 'notes.add',
    entity: 'note',
    contact_id: 'c1',
    records: 1,
    undoable: 'f',
    at: at(NOW + i),
  });
  feed(
    'acts',
    Array.from({ length: 10_001 }, (_, i) => act(i)),
  );
  const ask = (search: string, limit: number) => {
    const { rows, more } = activityQueries['acts.list'](context(), { filter: { search }, limit });
    return { ids: rows.slice(0, 2).map(({ id }) => id), more };
  };
  expect(ask('otto', 100)).toEqual({ ids: [], more: true });
  expect(ask('otto', 200)).toEqual({ ids: ['a0'], more: false });
  expect(ask('ada', 2)).toEqual({ ids: ['a10000', 'a9999'], more: true });
});

test('of the devices the one that asks is first and marked', () => {
  const device = (deviceId: string, lastSeenAt: number) =>
    JSON.stringify({
      userId: ME,
      deviceId,
      name: deviceId,
      platform: null,
      appVersion: null,
      createdAt: 1,
      lastSeenAt,
      endedAt: null,
      wipeAskedAt: null,
      wipedAt: null,
    });
  feed('own_items', [
    { id: 'x', kind: 'device', body: device('d2', 9) },
    { id: 'y', kind: 'device', body: device('d1', 5) },
  ]);
  const found = peopleQueries['devices.list'](context(), { whose: 'own' });
  expect(found.map(({ deviceId, current, userName }) => [deviceId, current, userName])).toEqual([
    ['d1', true, 'Mia'],
    ['d2', false, 'Mia'],
  ]);
});

test('what waits names its task, also one that is only deleted here so far', () => {
  feed('tasks', [task('a', { title: 'Call Ada' })]);
  const write = (writeId: string, name: string, input: object, patch: object) =>
    writeLocally(replica, { writeId, name, input, madeAt: 1, unit: writeId, patches: [patch as never], marks: [] });
  write('w1', 'tasks.complete', { id: 'a' }, { kind: 'set', table: 'tasks', ids: ['a'], values: { completedAt: NOW } });
  write('w2', 'tasks.delete', { id: 'a' }, { kind: 'delete', table: 'tasks', ids: ['a'] });
  expect(outboxQueries['outbox.list'](context(), {}).map(({ title }) => title)).toEqual([
    'Task “Call Ada” done',
    'Deletion of the task “Call Ada”',
  ]);
});

test('a file of the activity is read step by step: each act once, in order, in bounded steps, with an end', () => {
  feed(
    'acts',
    Array.from({ length: 2_500 }, (_, i) => ({
      id: `a${String(i).padStart(4, '0')}`,
      user_id: i % 2 ? ME : OTHER,
      action: 'tasks.create',
      entity: 'task',
      records: 1,
      after: JSON.stringify({ title: `Task ${i}` }),
      undoable: 'f',
      // Three of one moment each: the moment alone is no place in the order.
      at: at(NOW - Math.floor(i / 3) * 1_000),
    })),
  );
  const stepsOf = (filter: Parameters<typeof readActPage>[1]) => {
    const steps: string[][] = [];
    let after: ReturnType<typeof readActPage>['next'] = null;
    do {
      const step = readActPage(context(), filter, after);
      expect(step.from).toBe(NOW - 833_000);
      steps.push(step.rows.map(({ id }) => id));
      after = step.next;
    } while (after);
    return steps;
  };
  const all = stepsOf({});
  expect(all.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  const listed = activityQueries['acts.list'](context(), { filter: {}, limit: 2_500 }).rows.map(({ id }) => id);
  expect(all.flat()).toEqual(listed);
  expect(stepsOf({ userId: ME }).flat()).toHaveLength(1_250);
  expect(stepsOf({ search: 'task 1999' }).flat()).toEqual(['a1999']);
});

test('a step of a file that seeks looks through ten thousand acts and no more', () => {
  feed(
    'acts',
    Array.from({ length: 10_500 }, (_, i) => ({
      id: `a${i}`,
      user_id: ME,
      action: 'tasks.create',
      entity: 'task',
      records: 1,
      after: JSON.stringify({ title: i === 10_400 ? 'Needle' : 'Hay' }),
      undoable: 'f',
      at: at(NOW - i * 1_000),
    })),
  );
  const first = readActPage(context(), { search: 'needle' }, null);
  expect([first.rows.length, first.next?.at]).toEqual([0, NOW - 9_999_000]);
  const second = readActPage(context(), { search: 'needle' }, first.next);
  expect([second.rows.map(({ id }) => id), second.next]).toEqual([['a10400'], null]);
});
