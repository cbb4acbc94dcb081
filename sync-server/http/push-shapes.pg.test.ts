import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-push-'));
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

type Message = { value?: Record<string, unknown>; headers: { operation?: string; control?: string } };

/** Follows a shape as a device does: `next` waits until `isThere` holds for the messages that have come since. */
async function follow(person: Person, table: string) {
  let at = 'offset=-1';
  const read = async (live: boolean): Promise<Message[]> => {
    const reply = await fetch(`${stack.url}/api/shapes/${table}?${at}${live ? '&live=true' : ''}`, {
      headers: person.headers,
    });
    if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`);
    const cursor = reply.headers.get('electric-cursor');
    at = `handle=${reply.headers.get('electric-handle')}&offset=${reply.headers.get('electric-offset')}${cursor ? `&cursor=${cursor}` : ''}`;
    return (await reply.json()) as Message[];
  };
  while (!(await read(false)).some(({ headers }) => headers.control === 'up-to-date'));
  return async (isThere: (rows: Message[]) => boolean): Promise<Message[]> => {
    const rows: Message[] = [];
    while (!isThere(rows)) rows.push(...(await read(true)).filter(({ headers }) => headers.operation));
    return rows;
  };
}

const create = (id = randomUUID()) => ({
  writeId: randomUUID(),
  name: 'contacts.create',
  input: { id, firstName: 'Shaped' },
});
const brief = ({ value, headers }: Message) => [headers.operation, value?.['id'], value?.['status']];

test('a batch with a refusal in it reaches devices as what was accepted and one receipt each; ended ones leave', async () => {
  const receipts = await follow(owner, 'write_receipts');
  const contacts = await follow(owner, 'contacts');
  const [a, b] = [create(), create()];
  // It inserts a contact before its tags are refused by the database.
  await stack.rows(`create function refuse_tag() returns trigger language plpgsql as
    $$ begin raise exception 'no' using errcode = '23505'; end $$`);
  await stack.rows(`create trigger refuse_tag before insert on tags for each row when (new.name = 'refused')
    execute function refuse_tag()`);
  const refused = { ...create(), input: { id: randomUUID(), firstName: 'Half done', tags: ['refused'] } };
  await owner.push(a, refused, b);
  const told = await receipts((rows) => rows.length >= 3);
  expect(told.map(brief)).toEqual([
    ['insert', a.writeId, 'accepted'],
    ['insert', refused.writeId, 'refused'],
    ['insert', b.writeId, 'accepted'],
  ]);
  expect((await contacts((rows) => rows.length >= 2)).map(({ value }) => value?.['id'])).toEqual([
    a.input.id,
    b.input.id,
  ]);

  const ended = [a.writeId, refused.writeId];
  await owner.call('POST', '/sync/push', { protocol: 1, deviceId: owner.deviceId, writes: [], ended });
  const left = await receipts((rows) => rows.length >= 2);
  expect(new Set(left.map(({ value, headers }) => `${headers.operation} ${String(value?.['id'])}`))).toEqual(
    new Set(ended.map((id) => `delete ${id}`)),
  );
});

test('meetings reach the agents of the team, whole, and no viewer', async () => {
  const [agent, viewer] = [await stack.join(owner, 'AGENT'), await stack.join(owner, 'VIEWER')];
  const meetings = await follow(agent, 'met_changes');
  const { id } = create().input;
  await owner.push(create(id));
  const [row] = await stack.rows<{ at: Date }>('select updated_at as at from contacts where id = $1', id);
  await owner.push({ name: 'contacts.update', input: { id, company: 'Theirs' } });
  await agent.push({
    name: 'contacts.update',
    input: { id, company: 'Mine' },
    basedOn: { [id]: row?.at.getTime() ?? 0 },
  });
  const [met] = await meetings((rows) => rows.length >= 1);
  expect(met).toMatchObject({
    headers: { operation: 'insert' },
    value: { entity: 'contact', entity_id: id, contact_id: id, kind: 'overwritten', theirs_by_id: owner.userId },
  });
  expect(met?.value).not.toHaveProperty('device_id');
  expect(met?.value).not.toHaveProperty('tenant_id');
  await expect(follow(viewer, 'met_changes')).rejects.toThrow('403');
  await agent.push({ name: 'merges.dismiss', input: { id: met?.value?.['id'] } });
  expect(await meetings((rows) => rows.length >= 1)).toMatchObject([
    { headers: { operation: 'update' }, value: { resolved_by_id: agent.userId } },
  ]);
});
