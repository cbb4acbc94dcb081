import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { createOpenAct, createPerform } from '../../db/act.ts';
import { NO_FIELD_KEYS } from '../../db/fields/field-keys.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';
import { findOrCreateByPhone, noteInteraction } from '../contacts/contact-directory.ts';
import { deliverMessage } from './deliver-message.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, '+15035550100');
});
afterAll(() => stack.close());

test('a text that was sent while its contact was being merged is sent, and neither waits for the other in vain', async () => {
  const [contactId, messageId] = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'contacts.create', input: { id: contactId, phone: '+14155550161' } },
    { name: 'messages.send', input: { id: messageId, contactId, body: 'Hello' } },
  );
  const { pool } = stack.database;
  const openAct = createOpenAct({
    fields: NO_FIELD_KEYS,
    publish: async () => undefined,
    enqueue: async () => undefined,
    now: Date.now,
    newId,
  });
  const client = await pool.connect();
  const job = deliverMessage({
    perform: createPerform(pool, openAct),
    directory: { findOrCreateByPhone, noteInteraction },
    carrier: {
      // Somebody takes the contact in hand while the text is on its way.
      async sendText() {
        await client.query('begin');
        await client.query('select from contacts where id = $1 for update', [contactId]);
        return { status: 'sent' as const, vendorId: 'SM1' };
      },
    },
  });
  const done = job.run(
    { tenantId: owner.tenantId, messageId },
    { isLastAttempt: false, signal: new AbortController().signal },
  );
  const waiting = () =>
    stack.rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  await expect.poll(waiting).toHaveLength(1);
  await client.query('update messages set contact_id = contact_id where contact_id = $1', [contactId]);
  await client.query('commit');
  client.release();
  await done;
  expect(await stack.rows('select status, vendor_id from messages where id = $1', messageId)).toEqual([
    { status: 'sent', vendor_id: 'SM1' },
  ]);
});
