import { idFromParts } from '../../../shared/kernel/ids.ts';
import { conversationIdOf } from '../../../shared/inbox/message.ts';
import { contactIdAt, ME, TENANT_ID } from './fixture-data.ts';
import type { FixtureTables } from './fixture-tables.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const THEO = idFromParts<'user'>(TENANT_ID, 'member', 'Theo Lindqvist');
const id = (...parts: string[]) => idFromParts<'row'>(TENANT_ID, ...parts);

/** What a team at work has around it: settings, devices, invitations, tasks, notifications, acts. */
export function fillTeam(tables: FixtureTables, now: number): void {
  fillSettings(tables, now);
  fillContactSetup(tables);
  fillTasks(tables, now);
  fillNotifications(tables, now);
  fillActs(tables, now);
}

const OPEN = [{ from: 480, to: 1_020 }];

function fillSettings(tables: FixtureTables, now: number): void {
  const workspace = tables.of('workspace_items');
  workspace.set(TENANT_ID, {
    id: TENANT_ID,
    kind: 'tenant',
    body: {
      name: 'Northwell Heating',
      country: 'US',
      messageDays: null,
      timezone: 'America/Los_Angeles',
      currency: 'USD',
      senderName: 'Northwell',
      businessHours: [[], OPEN, OPEN, OPEN, OPEN, OPEN, []],
      brandColor: '#0e6963',
      retention: { messageDays: null, auditDays: 730, notificationDays: 90 },
    },
  });
  const own = tables.of('own_items');
  const admin = tables.of('admin_items');
  const device = (name: string, platform: string, own_: object) => ({
    userId: ME,
    deviceId: id('device', name),
    name,
    platform,
    appVersion: '0.1.0',
    createdAt: now - 90 * DAY,
    lastSeenAt: now - 2 * MINUTE,
    endedAt: null,
    wipeAskedAt: null,
    wipedAt: null,
    ...own_,
  });
  const put = (table: typeof own, kind: string, key: string, body: object) => table.set(key, { id: key, kind, body });
  const here = device('Maya’s MacBook', 'darwin', { deviceId: '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a02' });
  const old = device('Office PC', 'win32', { lastSeenAt: now - 5 * DAY });
  for (const [key, body] of [
    [id('d', '1'), here],
    [id('d', '2'), old],
  ] as const) {
    put(own, 'device', key, body);
    put(admin, 'device', key, body);
  }
  put(admin, 'device', id('d', '3'), device('Theo’s ThinkPad', 'linux', { userId: THEO, lastSeenAt: now - 3 * HOUR }));
  put(own, 'second_factor', id('2f'), { enabledAt: null, recoveryCodesLeft: 0 });
  const token = {
    userId: ME,
    name: 'Nightly report',
    kind: 'personal',
    hint: 'swb_3fK9',
    scopes: ['contacts:read', 'tasks:read'],
    role: null,
    createdAt: now - 20 * DAY,
    expiresAt: now + 70 * DAY,
    lastUsedAt: now - 9 * HOUR,
  };
  put(own, 'token', id('token'), token);
  put(admin, 'token', id('token'), token);
  put(admin, 'invitation', id('inv'), {
    email: 'grace@northwell.example',
    role: 'MANAGER',
    invitedById: ME,
    createdAt: now - 2 * DAY,
    expiresAt: now + 5 * DAY,
  });
  put(admin, 'data_export', id('export'), {
    status: 'done',
    askedById: ME,
    createdAt: now - DAY,
    bytes: 48_210_944,
    expiresAt: now + 6 * DAY,
    message: null,
  });
  put(admin, 'integration', id('carrier'), {
    name: 'Text messages',
    mode: 'sandbox',
    ok: true,
    message: null,
    checkedAt: now - 12 * MINUTE,
  });
  put(admin, 'integration', id('mail'), {
    name: 'Mail',
    mode: 'live',
    ok: false,
    message: 'The mail server refused the password.',
    checkedAt: now - 12 * MINUTE,
  });
}

/** Automations of lead statuses and fields of contacts. */
function fillContactSetup(tables: FixtureTables): void {
  const workspace = tables.of('workspace_items');
  const put = (key: string, kind: string, body: object) =>
    workspace.set(id(kind, key), { id: id(kind, key), kind, body });
  const timed = { triggerType: 'TIME_BASED', triggerStatus: null };
  put('follow up', 'status_automation', {
    ...timed,
    name: 'Follow up after a day',
    fromStatus: 'new',
    timeValue: 24,
    timeUnit: 'HOURS',
    targetStatus: 'contacted',
    conditions: {
      rule: { all: [{ field: 'tags', op: 'any', names: ['Heat pump'] }] },
      campaignIds: [],
      journeyIds: [],
    },
    isActive: true,
  });
  put('sold', 'status_automation', {
    triggerType: 'STATUS_CHANGE',
    name: 'Sold is won',
    fromStatus: null,
    timeValue: null,
    timeUnit: null,
    triggerStatus: 'sold',
    targetStatus: 'won',
    conditions: null,
    isActive: true,
  });
  put('pause', 'status_automation', {
    ...timed,
    name: 'Let the quiet rest',
    fromStatus: null,
    timeValue: 90,
    timeUnit: 'DAYS',
    targetStatus: 'paused',
    conditions: null,
    isActive: false,
  });
  const fields = [
    ['heating', 'Type of heating', 'choice', ['Gas', 'Oil', 'Heat pump']],
    ['contract_date', 'Date of the contract', 'date', null],
    ['square_feet', 'Living space', 'number', null],
  ] as const;
  for (const [displayOrder, [key, label, type, choices]] of fields.entries())
    put(key, 'attribute', { key, label, type, choices, displayOrder });
}

function fillTasks(tables: FixtureTables, now: number): void {
  const at = (days: number, hour: number) => new Date(now + days * DAY).setHours(hour, 0, 0, 0);
  const rows: [title: string, dueAt: number | null, contact: number | null, more?: object][] = [
    ['Send the revised quote', at(-2, 9), 1],
    ['Call back about the rebate', at(0, 23), 0],
    ['Check the permit', at(0, 0), null, { allDay: true }],
    ['Book the install crew', at(1, 9), 2],
    ['Ask for the duct measurements', at(3, 14), 4],
    ['Tidy the price list', null, null],
    ['Ring Larkspur Dental', at(1, 11), 3, { ownerId: THEO }],
    ['Order filters', at(2, 10), null, { ownerId: null }],
    ['Sign the lease', at(-1, 9), null, { completedAt: now - 10 * MINUTE, completedById: ME }],
  ];
  for (const [place, [title, dueAt, contact, more]] of rows.entries()) {
    const key = id('task', String(place));
    tables.of('tasks').set(key, {
      id: key,
      title,
      body: place === 0 ? 'She asked for the 3-ton unit instead.' : null,
      dueAt,
      allDay: false,
      remindAt: null,
      ownerId: ME,
      contactId: contact === null || !tables.of('contacts').has(contactIdAt(contact)) ? null : contactIdAt(contact),
      conversationId: null,
      createdById: ME,
      completedAt: null,
      completedById: null,
      createdAt: now - place * DAY,
      updatedAt: now - place * DAY,
      ...more,
    });
  }
}

function fillNotifications(tables: FixtureTables, now: number): void {
  const contact = (place: number) => (tables.of('contacts').has(contactIdAt(place)) ? contactIdAt(place) : null);
  const rows: [kind: string, status: string, ageMs: number, more: object][] = [
    [
      'SMS_REPLY',
      'UNREAD',
      9 * MINUTE,
      {
        contactId: contact(0),
        conversationId: conversationIdOf(contactIdAt(0), 'sms'),
        params: { preview: 'Does the rebate come off before or after tax?' },
        count: 2,
      },
    ],
    ['TASK_DUE', 'UNREAD', 40 * MINUTE, { taskId: id('task', '1'), contactId: contact(0) }],
    ['TASK_ASSIGNED', 'UNREAD', 3 * HOUR, { taskId: id('task', '3'), params: { byId: THEO } }],
    ['CONTACT_ASSIGNED', 'READ', 8 * HOUR, { contactId: contact(3), params: { byId: THEO } }],
    ['IMPORT_FINISHED', 'READ', 2 * DAY, { params: { fileName: 'spring-leads-2026.csv', created: 287_112 } }],
    ['SECURITY', 'ARCHIVED', 5 * DAY, { params: { what: 'new_device', detail: 'Office PC' } }],
  ];
  for (const [place, [kind, status, ageMs, more]] of rows.entries()) {
    const key = id('notification', String(place));
    tables.of('notifications').set(key, {
      id: key,
      kind,
      status,
      contactId: null,
      conversationId: null,
      taskId: null,
      params: null,
      count: 1,
      createdAt: now - ageMs,
      readAt: status === 'UNREAD' ? null : now - ageMs,
      ...more,
    });
  }
}

function fillActs(tables: FixtureTables, now: number): void {
  const first = contactIdAt(0);
  const rows: [action: string, userId: string, ageMs: number, more: object][] = [
    [
      'contacts.update',
      ME,
      12 * MINUTE,
      {
        entity: 'contact',
        entityId: first,
        contactId: first,
        before: { company: 'Larkspur', leadStatus: 'contacted' },
        after: { company: 'Larkspur Dental', leadStatus: 'qualified' },
        undoable: true,
        undo: { name: 'contacts.update', input: { id: first, company: 'Larkspur', leadStatus: 'contacted' } },
      },
    ],
    [
      'contacts.addTags',
      THEO,
      HOUR,
      { entity: 'contact', records: 1_200, after: { tags: ['Heat pump'] }, undoable: true },
    ],
    ['tasks.complete', THEO, 3 * HOUR, { entity: 'task', entityId: id('task', '8'), contactId: null }],
    ['workspace.update', ME, 2 * DAY, { entity: 'tenant', before: { currency: 'EUR' }, after: { currency: 'USD' } }],
    [
      'notes.add',
      ME,
      4 * DAY,
      {
        entity: 'note',
        contactId: first,
        after: { body: 'Prefers mornings.' },
        undoable: true,
        undoneAt: now - 3 * DAY,
      },
    ],
  ];
  for (const [place, [action, userId, ageMs, more]] of rows.entries()) {
    const key = id('act', String(place));
    tables.of('acts').set(key, {
      id: key,
      userId,
      deviceName: userId === ME ? 'Maya’s MacBook' : 'Theo’s ThinkPad',
      action,
      entity: '',
      entityId: null,
      contactId: null,
      records: 1,
      before: null,
      after: null,
      undoable: false,
      undo: null,
      undoneAt: null,
      at: now - ageMs,
      ...more,
    });
  }
}
