import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, inject, test, vi } from 'vitest';
import { startTestStack } from '../testing/test-stack.ts';

test('when every connection to the database is cut, requests and jobs go on as soon as it takes new ones', async () => {
  const stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
  const admin = new pg.Client(inject('postgresUrl'));
  await admin.connect();
  try {
    const owner = await stack.signUp();
    const addNumber = 'insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())';
    await stack.rows(addNumber, randomUUID(), owner.tenantId, '+15035550100');
    const contactId = (await owner.call('POST', '/contacts', { phone: '+14155550150' })).body.data.id;
    const database = new URL(stack.database.url).pathname.slice(1);
    const { rowCount } = await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [database],
    );
    expect(rowCount).toBeGreaterThan(2);

    const write = { writeId: randomUUID(), name: 'messages.send', input: { contactId, body: 'Still here' } };
    await vi.waitFor(async () => expect(await owner.push(write)).toMatchObject([{ status: 'accepted' }]), {
      timeout: 10_000,
    });
    await vi.waitFor(
      async () => expect(await stack.rows('select status from messages')).toEqual([{ status: 'delivered' }]),
      { timeout: 20_000, interval: 100 },
    );
    expect((await stack.request('GET', '/readyz')).status).toBe(200);
  } finally {
    await admin.end();
    await stack.close();
  }
}, 45_000);
