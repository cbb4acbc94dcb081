import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../shared/catalog/operations.ts';
import { listPermissions, type Permission } from '../shared/catalog/permissions.ts';
import { must } from '../shared/kernel/must.ts';
import type { Operation } from '../shared/protocol/operation.ts';
import { ROLES } from '../shared/protocol/role.ts';
import { SHAPE_RULES } from './compose.ts';
import { startTestStack, type Person, type TestStack } from './testing/test-stack.ts';

const operations = OPERATIONS as unknown as readonly Operation[];
const tables = SHAPE_RULES.map(({ table, role }) => ({ name: table.name, role }));
const permissions = listPermissions(operations, tables);
const dataDir = mkdtempSync(path.join(tmpdir(), 'permissions-'));
let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,shapes', ELECTRIC_URL: '', DATA_DIR: dataDir });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const row = ({ name, needed, scope, allowed }: Permission): string =>
  `| ${name} | ${needed} | ${ROLES.map((role) => (allowed[role] ? 'yes' : '–')).join(' | ')} | ${scope ?? 'none'} |`;
const tableOf = (kind: Permission['kind']) =>
  [
    `| ${kind} | from | ${ROLES.join(' | ')} | scope of a token |`,
    `|---|---|${ROLES.map(() => '---').join('|')}|---|`,
    ...permissions.filter((one) => one.kind === kind).map(row),
  ].join('\n');

// Accept a difference with `vitest run --project postgres permissions -u`.
test('the document of permissions says what the declarations say', async () => {
  const text = `# Permissions

Who may do what, written from the declarations by a test that asks the server for every line of it. What depends on whose a thing is comes on top: [people](people.md).

${tableOf('operation')}

What desktops of a role hold a copy of:

${tableOf('table')}
`;
  await expect(text).toMatchFileSnapshot('../docs/administrator/permissions.md');
});

/** Refused for the role, and for nothing else. */
const isForRole = (error: { code: string; details?: Record<string, unknown> } | undefined): boolean =>
  error?.code === 'forbidden' && error.details?.['needed'] !== undefined;

describe.each(ROLES)('a %s', (role) => {
  const reader = async (): Promise<Person> => {
    const owner = await stack.signUp();
    return role === 'OWNER' ? owner : stack.join(owner, role);
  };

  test('is let through to exactly the operations of the role over REST, by every route', async () => {
    for (const operation of operations) {
      // Some of them end the very session that asks.
      const person = await reader();
      for (const { method, path: route } of operation.routes) {
        const { body } = await person.call(
          method,
          route.replaceAll(/:\w+/g, randomUUID()),
          method === 'GET' ? undefined : {},
        );
        const { allowed } = must(
          permissions.find((one) => one.kind === 'operation' && one.name === operation.name),
          'row',
        );
        expect([operation.name, route, !isForRole(body.error)]).toEqual([operation.name, route, allowed[role]]);
      }
    }
  });

  test('is let through to exactly the commands of the role by push, and asks none that cannot wait', async () => {
    const commands = operations.filter(({ kind }) => kind === 'command');
    const person = await reader();
    for (const { name, role: needed, online } of commands) {
      const [result] = await person.push({ name, input: {} });
      const { allowed } = must(
        permissions.find((one) => one.name === name),
        'row',
      );
      if (online)
        expect([name, result]).toEqual([name, expect.objectContaining({ status: 'refused', code: 'invalid_input' })]);
      else if (allowed[role])
        expect([name, result?.status === 'refused' && result.code === 'forbidden']).toEqual([name, false]);
      else
        expect([name, result]).toEqual([
          name,
          expect.objectContaining({ status: 'refused', code: 'forbidden', details: { role, needed } }),
        ]);
    }
  });

  test('is let through to exactly the tables of the role', async () => {
    const person = await reader();
    for (const { name, allowed } of permissions.filter(({ kind }) => kind === 'table')) {
      const { status } = await person.call('GET', `/shapes/${name}?offset=-1`);
      expect([name, status]).toEqual([name, allowed[role] ? 200 : 403]);
    }
  });
});
