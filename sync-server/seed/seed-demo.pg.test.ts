import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactFields } from '../../shared/contacts/contact.ts';
import { startTestStack, type TestStack } from '../testing/test-stack.ts';
import { DEMO_PASSWORD, DEMO_TENANT_ID, seedDemo } from './seed-demo.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
let stack: TestStack;
let tookMs: number;
beforeAll(async () => {
  stack = await startTestStack();
  const startedAt = performance.now();
  await seedDemo(stack.database.pool, { contacts: 5_000, now: NOW });
  tookMs = performance.now() - startedAt;
});
afterAll(() => stack.close());

const count = async (table: string, where = 'true') =>
  (await stack.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`))[0]?.n;

test('a demo of 5,000 contacts stands within five seconds', async () => {
  expect(tookMs).toBeLessThan(5_000);
  expect(await count('contacts')).toBe(5_000);
  expect(await count('conversations')).toBe(300);
  expect(await count('conversations', 'waiting_since is not null')).toBe(12);
  expect(await count('messages')).toBeGreaterThan(600);
  expect(await count('notes')).toBe(400);
});

test.each(['owner', 'manager', 'agent', 'viewer'])('%s@demo.test signs in', async (name) => {
  const deviceId = crypto.randomUUID();
  const body = { email: `${name}@demo.test`, password: DEMO_PASSWORD, deviceId };
  const reply = await stack.request('POST', '/api/auth/sign-in', { body });
  expect(reply.body.data.identity).toMatchObject({ tenantId: DEMO_TENANT_ID, role: name.toUpperCase() });
});

test('every contact is one that a person could have entered, with a phone number of their own', async () => {
  const rows = await stack.rows(
    'select first_name as "firstName", last_name as "lastName", company, email, phone, lead_score as "leadScore", lead_status as "leadStatus", owner_id as "ownerId", source, locale, timezone, attributes from contacts',
  );
  expect(rows.filter((row) => !contactFields.partial().safeParse(row).success)).toEqual([]);
  expect(new Set(rows.map(({ phone }) => phone)).size).toBe(5_000);
});

test('seeding again changes nothing and does not bring back what was deleted, but adds what was asked on top', async () => {
  await stack.rows('delete from conversations');
  await seedDemo(stack.database.pool, { contacts: 5_200, numbers: ['+15035550100'], now: NOW + 1 });
  expect(await count('contacts')).toBe(5_200);
  expect(await count('conversations')).toBe(0);
  expect(await stack.rows('select e164, tenant_id from phone_numbers order by created_at')).toEqual([
    { e164: '+15558675310', tenant_id: DEMO_TENANT_ID },
    { e164: '+15035550100', tenant_id: DEMO_TENANT_ID },
  ]);
});
