import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Carrier, NumberFound } from '../../ports/carrier.ts';
import { addPhoneNumber as operation } from '../../../shared/workspace/settings-operations.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addPhoneNumber } from './add-phone-number.ts';
import type { Act, Look } from '../../db/act.ts';
import { inTx } from '../../db/tx.ts';

const E164 = '+14155550142';
const live = (found: NumberFound): Carrier => ({
  vendor: 'test',
  mode: 'live',
  sendText: async () => ({ status: 'unknown', reason: '' }),
  health: async () => ({ mode: 'live', ok: true, message: null }),
  findNumber: async () => found,
});

/** What a claim by this person comes to before anything is written. */
async function claim(stack: TestStack, { tenantId }: Person, carrier: Carrier, workspaces: string[] = []) {
  const look: Look = (work) => inTx(stack.database.pool, (tx) => work({ tx, tenantId } as Act));
  const verb = addPhoneNumber({ carrier, workspaces });
  return verb.prepare(look, operation.input.parse({ e164: E164 })).then(
    () => 'free',
    (error: unknown) => (error as { code: string; message: string }).code,
  );
}

test('a number of a real account goes to the workspaces that may use it, when the account has it', async () => {
  const stack = await startTestStack();
  try {
    const first = await stack.signUp();
    const second = await stack.signUp();
    const ours = live({ status: 'ours' });
    expect(await claim(stack, first, ours)).toBe('free');
    expect(await claim(stack, second, ours)).toBe('not_allowed_now');
    expect(await claim(stack, second, ours, [second.tenantId])).toBe('free');
    expect(await claim(stack, first, ours, [second.tenantId])).toBe('not_allowed_now');
    expect(await claim(stack, first, live({ status: 'not ours' }))).toBe('not_allowed_now');
    expect(await claim(stack, first, live({ status: 'unknown', reason: 'Twilio could not be reached.' }))).toBe(
      'unavailable',
    );
    await stack.rows(
      'insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())',
      randomUUID(),
      second.tenantId,
      E164,
    );
    expect(await claim(stack, first, ours)).toBe('conflict');
  } finally {
    await stack.close();
  }
});

test('of two workspaces that claim a number at once one has it', async () => {
  const stack = await startTestStack();
  try {
    const people = [await stack.signUp(), await stack.signUp(), await stack.signUp()];
    const replies = await Promise.all(people.map((person) => person.call('POST', '/phone-numbers', { e164: E164 })));
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await stack.rows('select 1 from phone_numbers where e164 = $1', E164)).toHaveLength(1);
  } finally {
    await stack.close();
  }
});
