import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'access-'));
let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,shapes', ELECTRIC_URL: '', DATA_DIR: dataDir });
  owner = await stack.signUp();
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A live request that nothing answers yet: it would hang for 20 seconds. */
async function hang({ headers }: Person, table: string) {
  let at = 'offset=-1';
  const ask = async (live: boolean) => {
    const reply = await fetch(`${stack.url}/api/shapes/${table}?${at}${live ? '&live=true' : ''}`, { headers });
    const messages = (await reply.json()) as { headers?: { control?: string } }[];
    const [handle, offset, cursor] = ['handle', 'offset', 'cursor'].map((name) =>
      reply.headers.get(`electric-${name}`),
    );
    at = `handle=${handle}&offset=${offset}${cursor ? `&cursor=${cursor}` : ''}`;
    return { status: reply.status, messages, upToDate: reply.headers.has('electric-up-to-date') };
  };
  while (!(await ask(false)).upToDate);
  const began = performance.now();
  const answer = ask(true).then(({ status }) => ({ status, tookMs: performance.now() - began }));
  return { answer, again: () => ask(true) };
}

test('a role that is taken away ends the member’s open streams at once, and the next question is refused', async () => {
  const admin = await stack.join(owner, 'ADMIN');
  const open = await hang(admin, 'admin_items');
  await owner.push({ name: 'members.setRole', input: { userId: admin.userId, role: 'AGENT' } });
  expect((await open.answer).tookMs).toBeLessThan(2_000);
  expect((await open.again()).status).toBe(403);
});

test('a device that is signed out hears it at once', async () => {
  const person = await stack.join(owner, 'AGENT');
  const tasks = await hang(person, 'tasks');
  const [device] = await stack.rows<{ key: string }>('select key from devices where user_id = $1', person.userId);
  await person.push({ name: 'devices.end', input: { id: device?.key } });
  expect((await tasks.answer).tookMs).toBeLessThan(2_000);
  expect((await tasks.again()).status).toBe(401);
});

test('another workspace’s streams are not disturbed', async () => {
  const other = await stack.signUp();
  const calm = await hang(other, 'tasks');
  const agent = await stack.join(owner, 'AGENT');
  const open = await hang(agent, 'tasks');
  await owner.push({ name: 'members.deactivate', input: { userId: agent.userId } });
  await open.answer;
  const state = await Promise.race([
    calm.answer.then(() => 'ended'),
    new Promise((resolve) => setTimeout(resolve, 100, 'open')),
  ]);
  expect(state).toBe('open');
});
