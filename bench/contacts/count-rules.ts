import { ContactFacts } from '../../desktop/core/features/contacts/facts/contact-facts.ts';
import { countFacets } from '../../desktop/core/features/contacts/facts/facet-counts.ts';
import { openReplica } from '../../desktop/core/replica/open-replica.ts';
import { openReadConnection } from '../../desktop/core/replica/read-connection.ts';
import type { ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import { prepareRule, type PreparedRule, type SegmentContext } from '../../shared/segments/prepare-rule.ts';
import { segmentRule } from '../../shared/segments/segment.ts';
import { segmentToSql } from '../../shared/segments/sql/segment-to-sql.ts';
import { toSqlite } from '../../shared/segments/sql/sql-text.ts';
import { CITIES, editSome, STAGES, STATUSES, TAGS, TENANT } from './fill-contacts.ts';
import { pick, scramble } from '../replica/million-contacts.ts';
import { atMost, percentile, sample, told, type Metric } from '../metric.ts';

const RULES = 60;
const ATTRIBUTE_RULES = 12;

/** Counting rules over contacts in an encrypted replica, beside SQLite counting the same on the same file. */
export function countRules(place: ReplicaPlace, called: string, goalMs: number): Metric[] {
  const db = openReadConnection(place.file, place.key);
  const facts = new ContactFacts(db);
  const bySql = (rule: PreparedRule): number => {
    const { text, values } = toSqlite(segmentToSql(rule, 'sqlite'));
    return db
      .sql(`SELECT count(*) FROM contacts c WHERE ${text}`)
      .pluck()
      .get(...values) as number;
  };
  const steps: number[] = [];
  const step = () => {
    const started = performance.now();
    const isMore = facts.step();
    steps.push(performance.now() - started);
    return isMore;
  };
  while (step());
  const same = (rule: PreparedRule): void => {
    const [ours, theirs] = [facts.countRule(rule), bySql(rule)];
    if (ours !== theirs) throw new Error(`${JSON.stringify(rule)} means ${ours} contacts, or ${theirs}`);
  };
  for (let i = 0; i < 8; i += 1) [threeConditions(i), attributes(i), texts(i)].forEach(same);
  const three = sample(RULES, (i) => facts.countRule(threeConditions(i)));
  const threeBySql = sample(RULES / 4, (i) => bySql(threeConditions(i)));
  const p99 = percentile(three, 0.99);
  const firstAttributes = [1, 2, 3].map((i) => {
    const fresh = new ContactFacts(db);
    while (fresh.step());
    return once(() => fresh.countRule(attributes(i)));
  });
  while (facts.step());
  const attribute = sample(ATTRIBUTE_RULES, (i) => facts.countRule(attributes(i)));
  const attributeBySql = sample(ATTRIBUTE_RULES / 2, (i) => bySql(attributes(i)));
  let asked = 100;
  const text = sample(ATTRIBUTE_RULES, () => facts.countRule(texts((asked += 1))));
  const textBySql = sample(ATTRIBUTE_RULES / 2, (i) => bySql(texts(i)));
  const chosen = { leadStatus: statusIs(1), tags: tagIs(0) };
  const facets = sample(20, () => countFacets(facts, chosen));
  const metrics = [
    atMost(`count of three conditions, ${called}, p50`, 'ms', p50(three), goalMs, p50(threeBySql)),
    told(`count of three conditions, ${called}, p99`, 'ms', p99),
    atMost(`count with an attribute, ${called}, p50`, 'ms', p50(attribute), 700, p50(attributeBySql)),
    atMost(
      `count with an attribute nobody asked for yet, ${called}`,
      'ms',
      p50(firstAttributes),
      700,
      p50(attributeBySql),
    ),
    told(`count with a text, asked for the first time, ${called}, p50`, 'ms', p50(text), p50(textBySql)),
    told(`counts beside all choices of ten filters, ${called}, p50`, 'ms', p50(facets)),
    ...afterEdits(place, facts, called),
    told(
      `facts loaded in the background, ${called}`,
      'ms',
      steps.reduce((sum, ms) => sum + ms, 0),
    ),
    told(`one step of loading facts, ${called}, p99`, 'ms', percentile(steps, 0.99)),
    told(`memory of facts, ${called}`, 'MB', facts.bytes() / 1024 ** 2),
  ];
  db.close();
  return metrics;
}

/** The first count after others changed contacts: it looks at these again. */
function afterEdits(place: ReplicaPlace, facts: ContactFacts, called: string): Metric[] {
  const writer = openReplica(place.file, place.key);
  const timed = (edited: number) =>
    percentile(
      Array.from({ length: 10 }, (_, i) => {
        const rids = Array.from({ length: edited }, (_, n) => 1 + (scramble(i * edited + n) % 90_000));
        editSome(writer, rids, pick(STATUSES, i));
        return once(() => facts.countRule(threeConditions(i)));
      }),
      0.5,
    );
  const [one, thousand] = [timed(1), timed(1_000)];
  writer.close();
  return [
    told(`count right after one contact changed, ${called}, p50`, 'ms', one),
    told(`count right after a thousand changed, ${called}, p50`, 'ms', thousand),
  ];
}

const p50 = (samples: readonly number[]): number => percentile(samples, 0.5);

const CONTEXT: SegmentContext = { now: Date.now(), zone: 'America/Chicago', tenantId: TENANT, findSegment: () => null };
const prepared = (rule: unknown): PreparedRule => prepareRule(segmentRule.parse(rule), CONTEXT);

const statusIs = (i: number) =>
  prepared({ field: 'leadStatus', op: 'among', values: [pick(STATUSES, i), pick(STATUSES, i + 1)] });
const tagIs = (i: number) => prepared({ field: 'tags', op: 'any', names: [pick(TAGS, i % 7)] });

/** Three of status, score, tag, stage and date, other ones each time. */
function threeConditions(i: number): PreparedRule {
  const leaves = [
    { field: 'leadStatus', op: 'among', values: [pick(STATUSES, i), pick(STATUSES, i + 3)] },
    { field: 'leadScore', op: 'between', from: (i * 13) % 60, to: 60 + (i % 40) },
    { field: 'tags', op: 'any', names: [pick(TAGS, i % 7), pick(TAGS, i % 9)] },
    { field: 'stageId', op: 'among', values: [pick(STAGES, i), pick(STAGES, i + 5)] },
    { field: 'createdAt', op: 'withinDays', days: 30 + ((i * 37) % 400) },
  ];
  const first = i % leaves.length;
  return prepared({ all: [0, 1, 2].map((n) => leaves[(first + n) % leaves.length]) });
}

const attributes = (i: number): PreparedRule =>
  prepared({
    all: [
      { field: 'attribute', path: 'city', op: 'equals', value: pick(CITIES, i * 7) },
      { field: 'attribute', path: 'age', op: 'greater_than', value: 20 + i },
    ],
  });

const texts = (i: number): PreparedRule => prepared({ field: 'company', op: 'contains', value: `y ${100 + i * 11}` });

function once(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}
