import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tagIdOf } from '../../../shared/contacts/tag.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { meets, type SegmentContact } from '../../../shared/segments/evaluate-segment.ts';
import { prepareRule, type PreparedRule } from '../../../shared/segments/prepare-rule.ts';
import { segmentToSql } from '../../../shared/segments/sql/segment-to-sql.ts';
import { toPostgres } from '../../../shared/segments/sql/sql-text.ts';
import { arbitraryContact } from '../../../shared/segments/testing/arbitrary-contact.ts';
import { arbitraryRule } from '../../../shared/segments/testing/arbitrary-rule.ts';
import { SEGMENT_CASES } from '../../../shared/segments/testing/segment-cases.ts';
import { CONTEXT, PEOPLE, TENANT } from '../../../shared/segments/testing/segment-people.ts';
import { SEGMENT_POOL } from '../../../shared/segments/testing/segment-pool.ts';
import type { Client } from '../../db/pool.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { contactKeys } from '../contacts/contact-keys.ts';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.pool.connect();
  // Contacts alone are enough here: no stages, pages or members that they point at, no history of theirs.
  await client.query(`set session_replication_role = replica`);
});
afterAll(async () => {
  client.release();
  await database.drop();
});

const INSTANT = /(At|Until)$/;
const toParameter = (key: string, value: unknown): unknown => {
  if (value === null) return null;
  if (key === 'attributes') return JSON.stringify(value);
  return INSTANT.test(key) ? new Date(value as number).toISOString() : value;
};

/** These contacts and no others, by their place in the list. */
async function fill(contacts: readonly SegmentContact[]): Promise<void> {
  for (const table of ['contacts', 'contact_tags', 'group_members']) await client.query(`delete from ${table}`);
  for (const [i, contact] of contacts.entries()) {
    const { tags, groups, ...fields } = contact;
    const id = newId<'contact'>();
    const entries = Object.entries(fields).map(([key, value]) => [toColumnName(key), toParameter(key, value)] as const);
    const { search } = contactKeys(contact);
    // The place in the list is kept where nothing of ours looks.
    const all = [...entries, ['id', id], ['tenant_id', TENANT], ['search', search], ['name_key', String(i)]] as const;
    await client.query(
      `insert into contacts (${all.map(([column]) => column).join(', ')}) values (${all.map((_, n) => `$${n + 1}`).join(', ')})`,
      all.map(([, value]) => value),
    );
    const links = [
      ...tags.map((name) => ['contact_tags', 'tag_id', tagIdOf(TENANT, name)]),
      ...groups.map((groupId) => ['group_members', 'group_id', groupId]),
    ];
    for (const [table, column, to] of links)
      await client.query(
        `insert into ${table} (id, tenant_id, contact_id, ${column}, created_at) values ($1, $2, $3, $4, now())`,
        [newId(), TENANT, id, to],
      );
  }
}

async function who(rule: PreparedRule): Promise<number[]> {
  const { text, values } = toPostgres(segmentToSql(rule, 'postgres'), 2);
  const { rows } = await client.query<{ place: number; found: boolean | null }>(
    `select c.name_key::int as place, ${text} as found from contacts c where c.tenant_id = $1 order by 1`,
    [TENANT, ...values],
  );
  expect(rows.every(({ found }) => found !== null)).toBe(true);
  return rows.filter(({ found }) => found).map(({ place }) => place);
}

test('Postgres means the people that the case table says', async () => {
  const names = Object.keys(PEOPLE);
  await fill(Object.values(PEOPLE));
  const differing: unknown[] = [];
  for (const { name, rule, who: expected } of SEGMENT_CASES) {
    const found = (await who(prepareRule(rule, CONTEXT))).map((place) => names[place]);
    if (JSON.stringify(found) !== JSON.stringify(expected)) differing.push({ name, expected, found });
  }
  expect(differing).toEqual([]);
});

test('Postgres means the people that memory means, whatever the rules and the contacts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryContact, { minLength: 5, maxLength: 5 }),
      fc.array(arbitraryRule(SEGMENT_POOL), { minLength: 15, maxLength: 15 }),
      async (contacts, rules) => {
        await fill(contacts);
        for (const rule of rules) {
          const prepared = prepareRule(rule, CONTEXT);
          const expected = contacts.flatMap((contact, i) => (meets(prepared, contact) ? [i] : []));
          expect(await who(prepared), JSON.stringify(rule)).toEqual(expected);
        }
      },
    ),
    { numRuns: 30 },
  );
});
