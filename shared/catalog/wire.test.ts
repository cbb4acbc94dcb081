import { expect, test } from 'vitest';
import { z } from 'zod';
import { refreshRequest, session, signInRequest, signUpRequest } from '../auth/auth-requests.ts';
import { PROTOCOL_VERSION } from '../protocol/protocol-version.ts';
import { pushReply, pushRequest } from '../protocol/push.ts';
import { OPERATIONS } from './operations.ts';
import { SYNCED_TABLES } from './synced-tables.ts';

const schema = (type: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(type, { io, unrepresentable: 'any' });

/** Everything that desktops and servers of different versions must agree on. */
const wire = {
  protocolVersion: PROTOCOL_VERSION,
  operations: OPERATIONS.map(({ name, kind, role, routes, input, output }) => ({
    name,
    kind,
    role,
    routes,
    input: schema(input, 'input'),
    output: schema(output, 'output'),
  })),
  tables: SYNCED_TABLES,
  push: { request: schema(pushRequest, 'input'), reply: schema(pushReply, 'output') },
  auth: {
    signUp: schema(signUpRequest, 'input'),
    signIn: schema(signInRequest, 'input'),
    refresh: schema(refreshRequest, 'input'),
    session: schema(session, 'output'),
  },
};

// When this fails, read the difference. If an old desktop or server would misunderstand it, raise PROTOCOL_VERSION. Then accept
// the new wire with `vitest run --project unit wire -u`.
test('the wire does not change silently', async () => {
  await expect(`${JSON.stringify(wire, null, 2)}\n`).toMatchFileSnapshot('wire.snapshot.json');
});

test('operation names and routes are unique, and every command can be reached over REST', () => {
  const names = OPERATIONS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const routes = OPERATIONS.flatMap((o) => o.routes.map(({ method, path }) => `${method} ${path}`));
  expect(new Set(routes).size).toBe(routes.length);
  expect(OPERATIONS.filter((o) => o.routes.length === 0)).toEqual([]);
});
