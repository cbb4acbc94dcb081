import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '../../shared/kernel/app-error.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { PushResult } from '../../shared/protocol/push.ts';
import type { Role } from '../../shared/protocol/role.ts';
import { getServerSecret } from '../db/server-secret.ts';
import { readEnv } from '../env.ts';
import { signAccessToken } from '../features/auth/sessions/access-token.ts';
import { hashPassword } from '../features/auth/password.ts';
import { startServer } from '../server.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export type Reply = {
  status: number;
  headers: Headers;
  // Tests assert the shape themselves.
  body: { data?: any; error?: ErrorBody; total?: number; page?: number; limit?: number }; // oxlint-disable-line typescript/no-explicit-any
};

type Write = {
  name: string;
  input: unknown;
  writeId?: string;
  madeAt?: number;
  basedOn?: Readonly<Record<string, number>>;
  unit?: string;
};

/** Somebody signed in: a tenant's person in one role on one device. */
export type Person = {
  tenantId: string;
  userId: string;
  deviceId: string;
  role: Role;
  call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  headers: { authorization: string };
  email: string;
  push: (...writes: Write[]) => Promise<PushResult[]>;
};

type RequestOptions = { token?: string; body?: unknown; headers?: Record<string, string> };

/** Of everybody here. */
export const PASSWORD = 'long enough password';

/** The real server on a database of its own. */
export type TestStack = {
  url: string;
  database: TestDatabase;
  /** A new tenant's owner. */
  signUp: (tenantName?: string) => Promise<Person>;
  /** A colleague of `person` in another role, or the same person on another device when `role` is left out. */
  join: (person: Person, role?: Role) => Promise<Person>;
  request: (method: string, path: string, options?: RequestOptions) => Promise<Reply>;
  rows: <T = Record<string, unknown>>(sql: string, ...values: unknown[]) => Promise<T[]>;
  close: () => Promise<void>;
};

let passwordHash: Promise<string> | null = null;

/** `reach` answers by which URL the server reaches the database, where that is not the direct way. */
export async function startTestStack(
  settings: Record<string, string> = {},
  reach: (databaseUrl: string) => string = (url) => url,
): Promise<TestStack> {
  const database = await createTestDatabase();
  const env = readEnv({
    PORT: '0',
    LOG_LEVEL: 'fatal',
    DATABASE_URL: reach(database.url),
    SERVER_ROLES: 'web',
    // Nobody asks for shapes here, so nobody listens there and no replication slot is taken.
    ELECTRIC_URL: 'http://127.0.0.1:9',
    SECRETS_KEY: 'ab'.repeat(32),
    PUBLIC_URL: 'http://crm.test',
    ...settings,
  });
  const server = await startServer(env);
  const secret = await getServerSecret(database.pool, 'access-token');

  const request: TestStack['request'] = async (method, path, { token, body, headers } = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };

  const personOf = async (who: Omit<Person, 'call' | 'push' | 'headers'>): Promise<Person> => {
    const { tenantId, userId, deviceId } = who;
    const token = await signAccessToken({ tenantId, userId, deviceId }, Date.now() + 600_000, secret);
    return {
      ...who,
      headers: { authorization: `Bearer ${token}` },
      call: (method, path, body) => request(method, `/api${path}`, { token, body }),
      push: async (...writes) => {
        const { body } = await request('POST', '/api/sync/push', {
          token,
          body: {
            protocol: PROTOCOL_VERSION,
            deviceId: who.deviceId,
            writes: writes.map((write) => ({ writeId: randomUUID(), madeAt: Date.now(), ...write })),
          },
        });
        if (body.error) throw new Error(JSON.stringify(body.error));
        return (body as unknown as { results: PushResult[] }).results;
      },
    };
  };

  const rows = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
    (await database.pool.query(sql, values)).rows as T[];

  const addPerson = async (tenantId: string, role: Role, name: string): Promise<Person> => {
    const [userId, deviceId] = [randomUUID(), randomUUID()];
    const email = `${userId}@test.example`;
    await rows(
      `insert into users (id, tenant_id, email, name, role, password_hash, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, now(), now())`,
      userId,
      tenantId,
      email,
      name,
      role,
      await (passwordHash ??= hashPassword(PASSWORD)),
    );
    await beginSession(tenantId, userId, deviceId);
    return personOf({ tenantId, userId, deviceId, role, email });
  };

  /** A session of the person on this device, as a sign-in there would make it. */
  const beginSession = async (tenantId: string, userId: string, deviceId: string) => {
    await rows(
      `insert into devices (id, user_id, tenant_id, name, created_at, last_seen_at) values ($1, $2, $3, 'Test device', now(), now())`,
      deviceId,
      userId,
      tenantId,
    );
    await rows(
      `insert into refresh_tokens (id, tenant_id, user_id, device_id, token_hash, created_at, expires_at)
       values ($1, $2, $3, $4, $5, now(), now() + interval '1 day')`,
      randomUUID(),
      tenantId,
      userId,
      deviceId,
      randomUUID(),
    );
  };

  return {
    url: server.url,
    database,
    request,
    rows,
    async signUp(tenantName = 'Test tenant') {
      const tenantId = randomUUID();
      await rows(
        `insert into tenants (id, name, country, created_at) values ($1, $2, 'US', now())`,
        tenantId,
        tenantName,
      );
      return addPerson(tenantId, 'OWNER', 'Olive Owner');
    },
    async join({ tenantId, userId, email, role: ownRole }, role) {
      if (!role) {
        const deviceId = randomUUID();
        await beginSession(tenantId, userId, deviceId);
        return personOf({ tenantId, userId, deviceId, role: ownRole, email });
      }
      return addPerson(tenantId, role, `A ${role}`);
    },
    async close() {
      await server.close();
      await database.drop();
    },
  };
}
