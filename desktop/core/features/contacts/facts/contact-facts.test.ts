import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meets, type SegmentContact } from '../../../../../shared/segments/evaluate-segment.ts';
import { PLATFORM_RULE, PLATFORMS } from '../../../../../shared/segments/platform-rule.ts';
import { prepareRule, type PreparedRule } from '../../../../../shared/segments/prepare-rule.ts';
import { SCORE_BANDS } from '../../../../../shared/segments/score-band.ts';
import { segmentRule, type SegmentRule } from '../../../../../shared/segments/segment.ts';
import { arbitraryContact } from '../../../../../shared/segments/testing/arbitrary-contact.ts';
import { arbitraryRule } from '../../../../../shared/segments/testing/arbitrary-rule.ts';
import { SEGMENT_CASES } from '../../../../../shared/segments/testing/segment-cases.ts';
import { CONTEXT, PEOPLE, PIPELINE, STAGE, TENANT } from '../../../../../shared/segments/testing/segment-people.ts';
import { SEGMENT_POOL } from '../../../../../shared/segments/testing/segment-pool.ts';
import { tagIdOf } from '../../../../../shared/contacts/tag.ts';
import { KEPT_CHANGES } from '../../../replica/contact-changes.ts';
import { beginLoad, finishLoad } from '../../../replica/load-table.ts';
import { openReplica, type Replica } from '../../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../../replica/read-connection.ts';
import { getReplicaTable } from '../../../replica/replica-schema.ts';
import { upsertRow } from '../../../replica/write-rows.ts';
import { readBoard, readColumn } from '../pipeline-board.ts';
import { ContactFacts } from './contact-facts.ts';
import { countFacets } from './facet-counts.ts';
import { dropContact, putContact } from './testing/fill-replica.ts';

let replica: Replica;
let db: ReadConnection;
let facts: ContactFacts;

beforeEach(() => {
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  facts = new ContactFacts(db);
});
afterEach(() => replica.close());

const prepared = (rule: SegmentRule): PreparedRule => prepareRule(rule, CONTEXT);
const parsed = (rule: unknown): PreparedRule => prepared(segmentRule.parse(rule));
const everyone: PreparedRule = { test: 'constant', value: true };

function who(rule: PreparedRule): string[] {
  const rids = facts.ridsOf(rule);
  expect(facts.countRule(rule)).toBe(rids.length);
  return db
    .sql('SELECT c.id FROM json_each(?) j JOIN contacts c ON c.rid = j.value ORDER BY c.rid')
    .pluck()
    .all(JSON.stringify([...rids])) as string[];
}

const loadAll = (): void => {
  while (facts.step());
};

describe('facts', () => {
  test('answer the case table', () => {
    for (const [name, contact] of Object.entries(PEOPLE)) putContact(replica, name, contact);
    for (const { name, rule, who: expected } of SEGMENT_CASES) {
      expect(who(prepared(rule)), name).toEqual(expected);
      // From what is kept of the first answer, too.
      expect(who(prepared(rule)), name).toEqual(expected);
    }
    expect(facts.who(everyone)).not.toBeNull();
  });

  test('mean the people that memory means, through random edits, deletions and additions', () => {
    const people = new Map<string, SegmentContact>();
    const rules = arbitraryRule(SEGMENT_POOL);
    const edit = fc.record({ id: fc.integer({ min: 0, max: 6 }), contact: fc.option(arbitraryContact) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), fc.array(rules, { minLength: 6, maxLength: 6 }), (edits, asked) => {
        for (const { id, contact } of edits) {
          if (contact) putContact(replica, `c${id}`, contact);
          else dropContact(replica, `c${id}`);
          people.delete(`c${id}`);
          if (contact) people.set(`c${id}`, contact);
        }
        for (const rule of asked) {
          const expected = [...people].filter(([, contact]) => meets(prepared(rule), contact)).map(([id]) => id);
          expect(who(prepared(rule)).toSorted(), JSON.stringify(rule)).toEqual(expected.toSorted());
        }
      }),
      { numRuns: 400 },
    );
  });
});

const vip = parsed({ field: 'tags', op: 'any', names: ['vip'] });
const acme = parsed({ field: 'company', op: 'contains', value: 'engine' });
const ada = PEOPLE['ada'] as SegmentContact;
const cyd = PEOPLE['cyd'] as SegmentContact;

test('a change is seen by the next question, with nobody telling of it', () => {
  putContact(replica, 'a', ada);
  expect([facts.countRule(vip), facts.countRule(acme)]).toEqual([1, 1]);
  putContact(replica, 'b', ada);
  expect([facts.countRule(vip), facts.countRule(acme)]).toEqual([2, 2]);
  putContact(replica, 'a', { ...ada, tags: [], company: 'Other' });
  expect([facts.countRule(vip), facts.countRule(acme)]).toEqual([1, 1]);
  dropContact(replica, 'b');
  expect([facts.countRule(vip), facts.countRule(acme), facts.countRule(everyone)]).toEqual([0, 0, 1]);
});

test('tags that arrive before their contact, or are handed to another one, are counted right', () => {
  putContact(replica, 'a', ada);
  replica.db.exec(
    `INSERT INTO contact_tags (id, contact_id, tag_id) VALUES ('early', 'b', '${tagIdOf(TENANT, 'vip')}')`,
  );
  expect(facts.countRule(vip)).toBe(1);
  putContact(replica, 'c', { ...cyd, tags: [] });
  replica.db.exec(`UPDATE contact_tags SET contact_id = 'c' WHERE contact_id = 'a'`);
  expect(who(vip)).toEqual(['c']);
});

test('what is asked during a first load is answered from what is there, and so is what is asked after it', () => {
  putContact(replica, 'a', ada);
  expect(facts.countRule(vip)).toBe(1);
  const tables = ['contacts', 'contact_tags'].map(getReplicaTable);
  replica.tx(() => tables.forEach((table) => beginLoad(replica, table)));
  putContact(replica, 'b', ada);
  expect(facts.who(vip)).toBeNull();
  expect([facts.countRule(vip), facts.countRule(acme)]).toEqual([2, 2]);
  expect(facts.step()).toBe(false);
  for (const { name } of tables) for (const _ of finishLoad(replica, name)) expect(facts.countRule(vip)).toBe(2);
  putContact(replica, 'c', ada);
  expect(facts.who(vip)).not.toBeNull();
  expect([facts.countRule(vip), facts.countRule(acme)]).toEqual([3, 3]);
});

/** Plain contacts written at once: their change is noted as everybody’s is. */
function addMany(from: number, to: number): void {
  replica.db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT CAST(? AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
       INSERT INTO contacts (id, first_name, lead_score, search, name_key) SELECT 'n' || i, 'N' || i, i % 101, 'n' || i, '' FROM n`,
    )
    .run(from, to);
}
const hot = parsed({ field: 'leadScore', op: 'atLeast', value: 76 });
const n7 = parsed({ field: 'firstName', op: 'is', value: 'n7' });
const countBySql = (): number => db.sql('SELECT count(*) FROM contacts WHERE lead_score >= 76').pluck().get() as number;

test('many contacts are loaded in steps, and are counted by SQL until they are', () => {
  addMany(0, 60_000);
  expect(facts.who(hot)).toBeNull();
  expect([facts.countRule(hot), facts.countRule(n7)]).toEqual([countBySql(), 1]);
  expect(facts.step()).toBe(true);
  // Between two steps: the one was read already, the other was not.
  replica.db.exec(
    `UPDATE contacts SET lead_score = 100 WHERE id IN ('n1', 'n59999'); DELETE FROM contacts WHERE id = 'n2'`,
  );
  expect(facts.who(hot)).toBeNull();
  loadAll();
  expect(facts.who(hot)).not.toBeNull();
  expect([facts.countRule(hot), facts.countRule(everyone)]).toEqual([countBySql(), 59_999]);
});

test('an act on very many contacts is followed in steps, and is counted right meanwhile', () => {
  addMany(0, 60_000);
  loadAll();
  expect(facts.countRule(n7)).toBe(1);
  replica.db.exec(`UPDATE contacts SET lead_score = 99 WHERE rid % 2 = 0`);
  expect(facts.countRule(hot)).toBe(countBySql());
  loadAll();
  expect(facts.who(hot)).not.toBeNull();
  expect([facts.countRule(hot), facts.countRule(n7)]).toEqual([countBySql(), 1]);
});

test('whoever slept through more changes than are kept begins anew', () => {
  addMany(0, 100);
  expect(facts.countRule(hot)).toBe(countBySql());
  replica.db.exec(
    `INSERT INTO contact_change (rid) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${KEPT_CHANGES}) SELECT 1 FROM n`,
  );
  replica.db.exec('UPDATE contacts SET lead_score = 0');
  expect(db.sql('SELECT count(*) FROM contact_change').pluck().get()).toBeLessThanOrEqual(KEPT_CHANGES);
  expect([facts.countRule(hot), facts.countRule(everyone)]).toEqual([0, 100]);
});

test('an attribute of which every contact has another value is left to SQL', () => {
  addMany(0, 260_000);
  replica.db.exec(`UPDATE contacts SET attributes = json_object('no', rid)`);
  const no = parsed({ field: 'attribute', path: 'no', op: 'greater_than', value: 259_990 });
  const bySql = db.sql(`SELECT count(*) FROM contacts WHERE attributes ->> 'no' > 259990`).pluck().get();
  loadAll();
  expect(facts.countRule(no)).toBe(bySql);
  loadAll();
  expect(facts.countRule(no)).toBe(bySql);
});

test('the number beside every choice is what choosing it would show', () => {
  for (const [name, contact] of Object.entries(PEOPLE)) putContact(replica, name, contact);
  const stage = parsed({ field: 'stageId', op: 'among', values: [ada.stageId, PEOPLE['jose']?.stageId] });
  const tags = parsed({ field: 'tags', op: 'any', names: ['vip'] });
  const counted = countFacets(facts, { stageId: stage, tags });
  if (!counted) throw new Error('facts are there');
  expect(counted.total).toBe(facts.countRule({ all: [stage, tags] }));
  for (const platform of PLATFORMS)
    expect(counted.counts.platform[platform] ?? 0).toBe(
      facts.countRule({ all: [stage, tags, prepared(PLATFORM_RULE[platform])] }),
    );
  for (const { band, from, to } of SCORE_BANDS) {
    const score = parsed({ field: 'leadScore', op: 'between', from, to });
    expect(counted.counts.leadScore[band] ?? 0).toBe(facts.countRule({ all: [stage, tags, score] }));
  }
  // Another stage takes the place of the chosen ones; a contact without one is counted too.
  for (const one of [ada.stageId, PEOPLE['bob']?.stageId ?? null]) {
    const other = parsed({ field: 'stageId', op: 'among', values: [one] });
    expect(counted.counts.stageId[one ?? ''] ?? 0).toBe(facts.countRule({ all: [other, tags] }));
  }
  expect(counted.counts.stageId['']).toBe(1);
  const bounced = tagIdOf(TENANT, 'bounced');
  expect(counted.counts.tags[bounced] ?? 0).toBe(0);
  expect(countFacets(facts, { tags }, { narrowing: ['tags'] })?.counts.tags[bounced]).toBe(1);
  expect(countFacets(facts, { tags })?.counts.tags[bounced]).toBe(2);
});

const ofStage = (stageId: string, contacts: number, valueCents: number) => ({ stageId, contacts, valueCents });

test('what the contacts of a rule are worth by stage is what SQL adds up, while facts are loaded as well as after', () => {
  for (const [name, contact] of Object.entries(PEOPLE)) putContact(replica, name, contact);
  const context = { db, now: () => CONTEXT.now, me: { userId: 'u', deviceId: 'd' } };
  const filter: SegmentRule = { field: 'leadScore', op: 'atLeast', value: 50 };
  const asked = (of: SegmentRule | null, pipelineId: string) => {
    const stages = [...STAGE].map((id) => ({ id, kind: 'stage', body: JSON.stringify({ pipelineId }) }));
    for (const stage of stages) replica.tx(() => upsertRow(replica, getReplicaTable('workspace_items'), stage));
    return readBoard(context, { pipelineId, ...(of ? { filter: of } : {}) });
  };
  const expected = [ofStage(STAGE[0], 1, 1_000_000), ofStage(STAGE[1], 1, 0), ofStage(STAGE[2], 1, 999_999)];
  expect(asked(null, PIPELINE[0])).toEqual(expected);
  expect(asked(filter, PIPELINE[0])).toEqual(expected);
  const hotOnly: SegmentRule = { field: 'leadScore', op: 'atLeast', value: 76 };
  const hotStages = [expected[0], ofStage(STAGE[1], 0, 0), ofStage(STAGE[2], 0, 0)];
  expect(asked(hotOnly, PIPELINE[0])).toEqual(hotStages);
  expect(readColumn(context, { stageId: STAGE[0], from: 0, count: 9, filter: hotOnly })).toMatchObject([{ id: 'ada' }]);
  expect(readColumn(context, { stageId: STAGE[2], from: 0, count: 9, filter: hotOnly })).toEqual([]);
  addMany(0, 60_000);
  replica.db.exec('UPDATE stream SET bulk = 1');
  expect(asked(hotOnly, PIPELINE[0])).toEqual(hotStages);
  expect(readColumn(context, { stageId: STAGE[0], from: 0, count: 9, filter: hotOnly })).toMatchObject([{ id: 'ada' }]);
});

test('the facts of a workspace take the memory that is told', () => {
  addMany(0, 60_000);
  const before = facts.bytes();
  loadAll();
  expect(before).toBe(0);
  expect(facts.bytes() / 60_000).toBeLessThan(60);
});
