import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../shared/catalog/operations.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';
import { toToolName } from './agent-tools.ts';

let stack: TestStack;
let owner: Person;
const clients: Client[] = [];
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

const makeToken = async (person: Person, scopes: string[]) =>
  (await person.call('POST', '/tokens', { name: 'Agent', kind: 'personal', scopes, expiresInDays: 1 })).body.data as {
    id: string;
    token: string;
  };

async function connect(person: Person, scopes: string[]) {
  const { token } = await makeToken(person, scopes);
  return connectWith(token);
}

async function connectWith(token: string) {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const transport = new StreamableHTTPClientTransport(new URL(`${stack.url}/mcp`), { requestInit });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  clients.push(client);
  const call = async (name: string, input: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: input });
    const [content] = result.content as { text: string }[];
    return { isError: result.isError === true, answer: JSON.parse(content?.text ?? 'null') as Record<string, any> }; // oxlint-disable-line typescript/no-explicit-any
  };
  return { client, call };
}

const ALL = [
  'contacts:write',
  'conversations:write',
  'tasks:write',
  'imports:write',
  'notifications:write',
  'activity:write',
  'workspace:write',
];
const contacts = async () => (await stack.rows('select 1 from contacts where tenant_id = $1', owner.tenantId)).length;

test('the tools are the operations that are offered to agents, and no others', async () => {
  const { client } = await connect(owner, ALL);
  const { tools } = await client.listTools();
  const offered = (OPERATIONS as unknown as readonly Operation[]).filter(({ agent }) => agent);
  expect(offered.length).toBeGreaterThan(5);
  expect(tools.map(({ name }) => name).toSorted()).toEqual(offered.map(({ name }) => toToolName(name)).toSorted());
  for (const { name, inputSchema } of tools) {
    expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(inputSchema.type).toBe('object');
  }
});

test('a token sees only the tools of its scopes and its person’s role', async () => {
  const reading = await connect(owner, ['contacts:read']);
  const names = (await reading.client.listTools()).tools.map(({ name }) => name);
  expect(names).toContain('contacts_list');
  expect(names).not.toContain('contacts_create');
  expect(names).not.toContain('tasks_list');
  const viewer = await connect(await stack.join(owner, 'VIEWER'), ALL);
  expect((await viewer.client.listTools()).tools.map(({ name }) => name)).not.toContain('contacts_create');
  expect(await reading.call('contacts_create', { firstName: 'X' })).toMatchObject({
    isError: true,
    answer: { error: { code: 'forbidden' } },
  });
});

test('what only reads is answered at once', async () => {
  await owner.call('POST', '/contacts', { firstName: 'Wanda' });
  const { call } = await connect(owner, ['contacts:read']);
  expect((await call('contacts_list', { search: 'Wanda' })).answer).toMatchObject({
    total: 1,
    data: [{ firstName: 'Wanda' }],
  });
});

test('a change is told first, done when it is confirmed, and done once', async () => {
  const { call } = await connect(owner, ['contacts:write']);
  const before = await contacts();
  const input = { firstName: 'By agent' };
  const told = await call('contacts_create', input);
  expect(told.answer).toMatchObject({ done: false, wouldDo: { operation: 'contacts.create', input } });
  expect(await contacts()).toBe(before);
  const confirmed = { ...input, confirmation: told.answer['confirmation'] as string };
  expect((await call('contacts_create', confirmed)).answer).toMatchObject({
    done: true,
    result: { id: expect.any(String) },
  });
  expect(await contacts()).toBe(before + 1);
  expect(await call('contacts_create', confirmed)).toMatchObject({
    isError: true,
    answer: { error: { details: { reason: 'confirmation' } } },
  });
  expect(await contacts()).toBe(before + 1);
});

test('a confirmation is for its own input, token and five minutes', async () => {
  const one = await connect(owner, ['contacts:write']);
  const other = await connect(owner, ['contacts:write']);
  const ask = async () => (await one.call('contacts_create', { firstName: 'A' })).answer['confirmation'] as string;
  const before = await contacts();
  const isRefused = async ({ call }: typeof one, firstName: string, confirmation: string) =>
    (await call('contacts_create', { firstName, confirmation })).answer['error']?.details?.reason;
  expect(await isRefused(one, 'B', await ask())).toBe('confirmation');
  expect(await isRefused(other, 'A', await ask())).toBe('confirmation');
  const old = await ask();
  await stack.rows(`update agent_confirmations set expires_at = now()`);
  expect(await isRefused(one, 'A', old)).toBe('confirmation');
  expect(await contacts()).toBe(before);
});

test('what would be refused is refused before anybody is asked', async () => {
  const { call } = await connect(owner, ['contacts:write']);
  const missing = await call('contacts_update', { id: '01890000-0000-7000-8000-00000000dead', company: 'X' });
  expect(missing).toMatchObject({ isError: true, answer: { error: { code: 'not_found' } } });
  expect(await call('contacts_create', { email: 'nobody' })).toMatchObject({
    isError: true,
    answer: { error: { code: 'invalid_input', details: { fields: { email: expect.any(String) } } } },
  });
});

test('without a token, with a person’s session, from another site or by GET nobody gets in', async () => {
  const post = (headers: Record<string, string>) =>
    stack.request('POST', '/mcp', { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, headers });
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: 'Bearer swb_made_up' })).status).toBe(401);
  expect((await post(owner.headers)).status).toBe(403);
  const { token } = await makeToken(owner, ['contacts:read']);
  expect((await post({ authorization: `Bearer ${token}`, origin: 'https://evil.example' })).status).toBe(403);
  expect((await stack.request('GET', '/mcp', { token })).status).toBe(405);
});

test('an agent sees nothing of another workspace', async () => {
  const stranger = await stack.signUp();
  const { body } = await owner.call('POST', '/contacts', { firstName: 'Hidden' });
  const { call } = await connect(stranger, ['contacts:read']);
  expect((await call('contacts_get', { id: body.data.id })).answer['error']?.code).toBe('not_found');
  expect((await call('contacts_list', {})).answer).toMatchObject({ total: 0 });
});

test('one request is one call, so that the limit of requests is one of calls', async () => {
  const { token } = await makeToken(owner, ['contacts:read']);
  const call = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'contacts_list', arguments: {} } };
  const reply = await stack.request('POST', '/mcp', {
    token,
    headers: { accept: 'application/json, text/event-stream' },
    body: [
      { ...call, id: 1 },
      { ...call, id: 2 },
    ],
  });
  expect([reply.status, reply.body.error?.code]).toEqual([400, 'invalid_input']);
});
