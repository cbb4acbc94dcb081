import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meets } from '../../../../../shared/segments/evaluate-segment.ts';
import { prepareRule, type PreparedRule } from '../../../../../shared/segments/prepare-rule.ts';
import { segmentToSql } from '../../../../../shared/segments/sql/segment-to-sql.ts';
import { toSqlite } from '../../../../../shared/segments/sql/sql-text.ts';
import { arbitraryContact } from '../../../../../shared/segments/testing/arbitrary-contact.ts';
import { arbitraryRule } from '../../../../../shared/segments/testing/arbitrary-rule.ts';
import { SEGMENT_CASES } from '../../../../../shared/segments/testing/segment-cases.ts';
import { CONTEXT, PEOPLE } from '../../../../../shared/segments/testing/segment-people.ts';
import { SEGMENT_POOL } from '../../../../../shared/segments/testing/segment-pool.ts';
import { openReplica, type Replica } from '../../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../../replica/read-connection.ts';
import { dropContact, putContact } from './testing/fill-replica.ts';

let replica: Replica;
let db: ReadConnection;

beforeAll(() => {
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  for (const [name, contact] of Object.entries(PEOPLE)) putContact(replica, name, contact);
});
afterAll(() => replica.close());

function who(rule: PreparedRule): string[] {
  const { text, values } = toSqlite(segmentToSql(rule, 'sqlite'));
  return db
    .sql(`SELECT c.id FROM contacts c WHERE ${text} ORDER BY c.rid`)
    .pluck()
    .all(...values) as string[];
}

test.each(SEGMENT_CASES)('SQLite answers $name with $who', ({ rule, who: expected }) => {
  expect(who(prepareRule(rule, CONTEXT))).toEqual(expected);
});

test('every condition is true or false of every contact, never null', () => {
  for (const { rule } of SEGMENT_CASES) {
    const { text, values } = toSqlite(segmentToSql(prepareRule(rule, CONTEXT), 'sqlite'));
    const found = db
      .sql(`SELECT DISTINCT ${text} FROM contacts c`)
      .pluck()
      .all(...values);
    expect(found.filter((value) => value !== 0 && value !== 1)).toEqual([]);
  }
});

test('SQLite means the people that memory means, whatever the rules and the contacts', () => {
  for (const name of Object.keys(PEOPLE)) dropContact(replica, name);
  fc.assert(
    fc.property(
      fc.array(arbitraryContact, { minLength: 5, maxLength: 5 }),
      fc.array(arbitraryRule(SEGMENT_POOL), { minLength: 20, maxLength: 20 }),
      (contacts, rules) => {
        contacts.forEach((contact, i) => putContact(replica, `c${i}`, contact));
        for (const rule of rules) {
          const prepared = prepareRule(rule, CONTEXT);
          const expected = contacts.flatMap((contact, i) => (meets(prepared, contact) ? [`c${i}`] : []));
          expect(who(prepared), JSON.stringify(rule)).toEqual(expected);
        }
      },
    ),
    { numRuns: 200 },
  );
});
