import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Dashboard } from '../../../../../shared/bridge/dashboard-contract.ts';
import { must } from '../../../../../shared/kernel/must.ts';
import {
  DASHBOARD_RULES,
  moodRule,
  sourceRule,
  stageRule,
  statusRule,
  type DashboardNumber,
} from '../../../../../shared/segments/known-rules/dashboard-rules.ts';
import type { SegmentContact } from '../../../../../shared/segments/evaluate-segment.ts';
import type { SegmentRule } from '../../../../../shared/segments/segment.ts';
import { arbitraryContact } from '../../../../../shared/segments/testing/arbitrary-contact.ts';
import { CONTEXT, PEOPLE, PIPELINE, STAGE } from '../../../../../shared/segments/testing/segment-people.ts';
import { beginLoad } from '../../../replica/load-table.ts';
import { openReplica, type Replica } from '../../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../../replica/read-connection.ts';
import { getReplicaTable } from '../../../replica/replica-schema.ts';
import { upsertRow } from '../../../replica/write-rows.ts';
import { countMatching, type RuleAsker } from '../contact-rule.ts';
import { dropContact, putContact } from '../facts/testing/fill-replica.ts';
import { readDashboard } from './read-dashboard.ts';

const DAY = 86_400_000;
const [ADA] = Object.values(PEOPLE);

let replica: Replica;
let db: ReadConnection;
let asker: RuleAsker;

beforeEach(() => {
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  asker = { db, now: () => CONTEXT.now, me: { userId: 'u', deviceId: 'd' } };
  const item = (id: string, kind: string, body: object) =>
    upsertRow(replica, getReplicaTable('workspace_items'), { id, kind, body: JSON.stringify(body) });
  item(PIPELINE[0], 'pipeline', { name: 'Sales', displayOrder: 0 });
  for (const [place, id] of STAGE.entries())
    item(id, 'stage', { pipelineId: PIPELINE[0], name: id, displayOrder: place, probability: place * 40, color: null });
  for (const [place, key] of ['new', 'sold', 'won'].entries())
    item(`status ${key}`, 'lead_status', { key, name: key, displayOrder: place, isActive: true });
});
afterEach(() => replica.close());

const dashboard = (): Dashboard => must(readDashboard(asker), 'facts');
const listed = (rule: SegmentRule): number => countMatching(asker, { rule, sample: 0 }).count;
const put = (id: string, fields: Partial<SegmentContact>) =>
  putContact(replica, id, { ...must(ADA, 'a person'), tags: [], groups: [], ...fields });
const sumOf = (rule: SegmentRule, field: 'estimatedRevenueCents' | 'actualRevenueCents'): number =>
  countMatching(asker, { rule, sample: 1_000 }).sample.reduce((sum, contact) => sum + (contact[field] ?? 0), 0);

/** Each number beside what the list of its rule holds. */
function expectProved(found: Dashboard): void {
  for (const name of Object.keys(DASHBOARD_RULES) as DashboardNumber[])
    expect(found.numbers[name], name).toBe(listed(DASHBOARD_RULES[name]));
  expect(found.expectedCents).toBe(sumOf(DASHBOARD_RULES.expecting, 'estimatedRevenueCents'));
  expect(found.actualCents).toBe(sumOf(DASHBOARD_RULES.paying, 'actualRevenueCents'));
  for (const { stageId, contacts, valueCents } of found.stages) {
    expect(contacts).toBe(listed(stageRule(stageId)));
    expect(valueCents).toBe(sumOf(stageRule(stageId), 'estimatedRevenueCents'));
  }
  for (const { key, contacts, valueCents } of found.statuses) {
    expect(contacts, `status ${key}`).toBe(listed(statusRule(key)));
    expect(valueCents).toBe(sumOf(statusRule(key), 'estimatedRevenueCents'));
  }
  for (const { source, contacts } of found.sources ?? [])
    expect(contacts, `source ${source}`).toBe(listed(sourceRule(source)));
  for (const { mood, contacts } of found.moods) expect(contacts, `mood ${mood}`).toBe(listed(moodRule(mood)));
  for (const parts of [found.statuses, found.sources ?? [], found.moods])
    expect(parts.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(found.numbers.everybody);
}

test('every number is that of its list, whatever the contacts are and however they change', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(arbitraryContact)), { maxLength: 12 }),
      (edits) => {
        for (const [place, contact] of edits) {
          if (contact) putContact(replica, `c${place}`, contact);
          else dropContact(replica, `c${place}`);
        }
        expectProved(dashboard());
      },
    ),
    { numRuns: 60 },
  );
});

test('one source in several spellings is one, called as most contacts spell it', () => {
  for (const [place, source] of ['Facebook', 'facebook', 'Facebook', 'Référence', 'reference', '', null].entries())
    put(`c${place}`, { source });
  const found = dashboard();
  expect(found.sources).toEqual([
    { source: 'Facebook', contacts: 3 },
    { source: expect.stringMatching(/^R/i) as string, contacts: 2 },
    { source: null, contacts: 2 },
  ]);
  expectProved(found);
});

test('what is expected counts by the chance of its stage, and who is in no stage not at all', () => {
  put('c1', { stageId: STAGE[1], estimatedRevenueCents: 10_000 });
  put('c2', { stageId: STAGE[2], estimatedRevenueCents: 1_000 });
  put('c3', { stageId: null, estimatedRevenueCents: 500 });
  const { expectedCents, weightedCents, stages } = dashboard();
  expect({ expectedCents, weightedCents }).toEqual({ expectedCents: 11_500, weightedCents: 4_000 + 800 });
  expect(stages.map(({ contacts }) => contacts)).toEqual([0, 1, 1]);
});

test('new are the last seven and thirty days, and a customer is who bought', () => {
  put('c1', { createdAt: CONTEXT.now - 7 * DAY, leadStatus: 'new', actualRevenueCents: null });
  put('c2', { createdAt: CONTEXT.now - 7 * DAY - 1, leadStatus: 'sold', actualRevenueCents: null });
  put('c3', { createdAt: CONTEXT.now - 31 * DAY, leadStatus: 'new', actualRevenueCents: 1 });
  put('c4', { createdAt: CONTEXT.now, leadStatus: 'new', actualRevenueCents: 0 });
  const { newThisWeek, newThisMonth, customers, paying } = dashboard().numbers;
  expect({ newThisWeek, newThisMonth, customers, paying }).toEqual({
    newThisWeek: 2,
    newThisMonth: 3,
    customers: 2,
    paying: 1,
  });
});

test('a status that was deleted is listed for as long as contacts have it', () => {
  put('c1', { leadStatus: 'forgotten' });
  expect(dashboard().statuses.map(({ key }) => key)).toEqual(['new', 'sold', 'won', 'forgotten', null]);
  dropContact(replica, 'c1');
  expect(dashboard().statuses.map(({ key }) => key)).toEqual(['new', 'sold', 'won', null]);
});

test('while contacts come for the first time nothing is counted yet', () => {
  replica.tx(() => beginLoad(replica, getReplicaTable('contacts')));
  expect(readDashboard(asker)).toBeNull();
});
