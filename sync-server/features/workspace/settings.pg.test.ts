import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let stranger: Person;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  stranger = await stack.signUp();
});
afterAll(() => stack.close());

const HOURS = [[], ...Array.from({ length: 5 }, () => [{ from: 540, to: 1_020 }]), []];
const item = async ({ tenantId }: Person) =>
  (await stack.rows<{ body: Record<string, unknown> }>(`select body from workspace_items where id = $1`, tenantId))[0]
    ?.body;
const actId = async (action: string) =>
  (
    await stack.rows<{ id: string }>(`select id from acts where action = $1 order by at desc, id desc limit 1`, action)
  )[0]?.id ?? '';

test('settings are told to desktops, what was not sent stays, and an act on them is taken back', async () => {
  const sent = { timezone: 'America/Chicago', currency: 'USD', businessHours: HOURS, brandColor: '#12ab34' };
  expect(await owner.push({ name: 'workspace.update', input: sent })).toMatchObject([{ status: 'accepted' }]);
  expect(await item(owner)).toMatchObject({ name: 'Test tenant', country: 'US', ...sent, senderName: null });
  await owner.push({ name: 'workspace.update', input: { senderName: 'Acme' } });
  expect(await item(owner)).toMatchObject({ ...sent, senderName: 'Acme' });
  expect(await owner.push({ name: 'activity.undo', input: { id: await actId('workspace.update') } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(await item(owner)).toMatchObject({ ...sent, senderName: null });
});

test('what is no setting is refused with its reason', async () => {
  const refused = async (input: object) => {
    const [result] = await owner.push({ name: 'workspace.update', input });
    return [result?.status, 'code' in (result ?? {}) && (result as { code: string }).code];
  };
  for (const input of [
    { timezone: 'Mars/Olympus' },
    // JavaScript knows it, Postgres does not.
    { timezone: 'US/Pacific-New' },
    { currency: 'dollars' },
    { brandColor: 'red' },
    { businessHours: [[{ from: 600, to: 500 }], [], [], [], [], [], []] },
    {
      businessHours: [
        [
          { from: 0, to: 600 },
          { from: 600, to: 700 },
        ],
        [],
        [],
        [],
        [],
        [],
        [],
      ],
    },
    { retention: { messageDays: 5, auditDays: null, notificationDays: null } },
  ])
    expect(await refused(input)).toEqual(['refused', 'invalid_input']);
});

test('a settings file comes back as it left, another workspace’s only where that is meant, and without its name', async () => {
  await owner.push({ name: 'workspace.update', input: { name: 'First', currency: 'EUR', timezone: 'Europe/Berlin' } });
  const { body } = await owner.call('GET', '/workspace/settings-file');
  await owner.push({ name: 'workspace.update', input: { name: 'Second', currency: 'USD' } });
  const back = await owner.call('POST', '/workspace/settings-file', body.data);
  expect(back.body.data.changed.toSorted()).toEqual(['currency', 'name']);
  expect(await item(owner)).toMatchObject({ name: 'First', currency: 'EUR' });

  const refused = await stranger.call('POST', '/workspace/settings-file', body.data);
  expect([refused.status, refused.body.error?.details]).toEqual([409, { reason: 'another_workspace' }]);
  const meant = await stranger.call('POST', '/workspace/settings-file', { ...body.data, fromAnother: true });
  expect(meant.body.data.changed).toContain('timezone');
  expect(await item(stranger)).toMatchObject({ name: 'Test tenant', currency: 'EUR' });
});

test('a file of a newer version is refused', async () => {
  const { body } = await owner.call('GET', '/workspace/settings-file');
  const { status, body: answer } = await owner.call('POST', '/workspace/settings-file', { ...body.data, version: 2 });
  expect([status, answer.error?.details]).toEqual([400, { reason: 'newer' }]);
});

test('a number belongs to one workspace, and nobody is told whose', async () => {
  const e164 = '+14155550188';
  const added = await owner.call('POST', '/phone-numbers', { e164, label: 'Front desk' });
  expect(added.status).toBe(200);
  const taken = await stranger.call('POST', '/phone-numbers', { e164 });
  expect([taken.status, JSON.stringify(taken.body).includes(owner.tenantId)]).toEqual([409, false]);
  const { id } = added.body.data;
  await owner.push({ name: 'phoneNumbers.remove', input: { id } });
  expect((await stranger.call('POST', '/phone-numbers', { e164 })).status).toBe(200);
  expect(await owner.push({ name: 'phoneNumbers.label', input: { id: randomUUID(), label: 'x' } })).toMatchObject([
    { code: 'not_found' },
  ]);
});

test('what needs the server at once is for administrators, and leaves its row in the log', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const { body } = await owner.call('GET', '/workspace/settings-file');
  for (const [method, path, sent] of [
    ['GET', '/workspace/settings-file', undefined],
    ['POST', '/workspace/settings-file', body.data],
    ['POST', '/phone-numbers', { e164: '+14155550177' }],
  ] as const)
    expect((await agent.call(method, path, sent)).status).toBe(403);
  await owner.call('POST', '/workspace/settings-file', { ...body.data, settings: { senderName: 'From a file' } });
  await owner.call('POST', '/phone-numbers', { e164: '+14155550177' });
  const rows = await stack.rows<{ action: string; user_id: string }>(
    `select action, user_id from audit_log where tenant_id = $1 and action = any($2) order by at desc limit 2`,
    owner.tenantId,
    ['workspace.importSettings', 'phoneNumbers.add'],
  );
  expect(rows).toEqual([
    { action: 'phoneNumbers.add', user_id: owner.userId },
    { action: 'workspace.importSettings', user_id: owner.userId },
  ]);
});
