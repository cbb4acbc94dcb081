import * as fc from 'fast-check';
import { SENTIMENTS } from '../../contacts/contact.ts';
import {
  CONSENT_KINDS,
  FLAG_FIELDS,
  ID_FIELDS,
  INSTANT_FIELDS,
  NUMBER_FIELDS,
  ruleLeaf,
  TEXT_FIELDS,
  type RuleLeaf,
} from '../segment-leaf.ts';
import type { SegmentRule } from '../segment.ts';

/** What values are drawn from, so that rules and contacts meet often enough. */
export type Pool = {
  texts: readonly string[];
  phones: readonly string[];
  numbers: readonly number[];
  dates: readonly string[];
  days: readonly number[];
  ids: readonly string[];
  statuses: readonly string[];
  tags: readonly string[];
  groups: readonly string[];
  segments: readonly string[];
  paths: readonly string[];
  scalars: readonly (string | number | boolean)[];
  searches: readonly string[];
};

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.array(oneOf(values), { minLength: 1, maxLength: 3 });
const ends = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc
    .record({ from: fc.option(values, { nil: undefined }), to: fc.option(values, { nil: undefined }) })
    .filter(({ from, to }) => from !== undefined || to !== undefined)
    .map(({ from, to }) => ({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }));

/** One condition, as the schema puts it. */
export function arbitraryLeaf(pool: Pool): fc.Arbitrary<RuleLeaf> {
  const field = <F extends string>(fields: readonly F[]) => oneOf(fields);
  const presence = (fields: readonly string[]) =>
    fc.record({ field: oneOf(fields), op: fc.constantFrom('exists', 'missing') });
  const [texts, numbers] = [oneOf(pool.texts), oneOf(pool.numbers)];
  const [dates, days] = [oneOf(pool.dates), oneOf(pool.days)];
  const text = fc.oneof(
    fc.record({
      field: field(TEXT_FIELDS),
      op: fc.constantFrom('is', 'isNot', 'contains', 'startsWith'),
      value: texts,
    }),
    fc.record({
      field: fc.constant('phone'),
      op: fc.constantFrom('is', 'isNot', 'contains', 'startsWith'),
      value: oneOf(pool.phones),
    }),
    fc.record({ field: field(TEXT_FIELDS), op: fc.constant('among'), values: some([...pool.texts, ...pool.phones]) }),
  );
  const number = fc.oneof(
    fc.record({
      field: field(NUMBER_FIELDS),
      op: fc.constantFrom('is', 'below', 'atMost', 'above', 'atLeast'),
      value: numbers,
    }),
    fc.tuple(field(NUMBER_FIELDS), ends(numbers)).map(([f, of]) => ({ field: f, op: 'between', ...of })),
  );
  const instant = fc.oneof(
    fc.record({ field: field(INSTANT_FIELDS), op: fc.constantFrom('before', 'after'), date: dates }),
    fc.tuple(field(INSTANT_FIELDS), ends(dates)).map(([f, of]) => ({ field: f, op: 'between', ...of })),
    fc.record({
      field: field(INSTANT_FIELDS),
      op: fc.constantFrom('withinDays', 'notWithinDays', 'olderThanDays'),
      days,
    }),
  );
  const choosing = fc.constantFrom('among', 'notAmong');
  const choice = fc.oneof(
    fc.record({ field: fc.constant('leadStatus'), op: choosing, values: some(pool.statuses) }),
    fc.record({ field: field(ID_FIELDS), op: choosing, values: some(pool.ids) }),
    fc.record({ field: fc.constant('sentiment'), op: choosing, values: some(SENTIMENTS) }),
    presence(['leadStatus', 'sentiment', ...ID_FIELDS, ...TEXT_FIELDS, ...NUMBER_FIELDS, ...INSTANT_FIELDS]),
  );
  const many = fc.constantFrom('any', 'all', 'none');
  const sets = fc.oneof(
    fc.record({ field: fc.constant('tags'), op: many, names: some(pool.tags) }),
    fc.record({ field: fc.constant('groups'), op: many, ids: some(pool.groups) }),
    fc.record({ field: fc.constant('segment'), op: fc.constant('in'), id: oneOf(pool.segments) }),
  );
  const attribute = { field: fc.constant('attribute'), path: oneOf(pool.paths) };
  const attributes = fc.oneof(
    fc.record({ ...attribute, op: fc.constantFrom('equals', 'not_equals', 'contains'), value: oneOf(pool.scalars) }),
    fc.record({
      ...attribute,
      op: fc.constantFrom('greater_than', 'less_than', 'at_least', 'at_most'),
      value: numbers,
    }),
    fc.record({ ...attribute, op: fc.constantFrom('before', 'after'), date: dates }),
    fc.record({ ...attribute, op: fc.constantFrom('exists', 'missing') }),
  );
  const rest = fc.oneof(
    fc.record({ field: field(FLAG_FIELDS), op: fc.constant('is'), value: fc.boolean() }),
    fc.record({
      field: fc.constant('consent'),
      op: fc.constantFrom('given', 'notGiven'),
      kind: fc.constantFrom(...CONSENT_KINDS),
    }),
    fc.record({ field: fc.constant('search'), op: fc.constant('matches'), text: oneOf(pool.searches) }),
  );
  return fc.oneof(text, number, instant, choice, sets, attributes, rest).map((leaf) => ruleLeaf.parse(leaf));
}

/** Conditions in groups, four deep at most. */
export function arbitraryRule(pool: Pool): fc.Arbitrary<SegmentRule> {
  const leaf = arbitraryLeaf(pool);
  const level = (inside: fc.Arbitrary<SegmentRule>): fc.Arbitrary<SegmentRule> =>
    fc.oneof(
      { arbitrary: leaf, weight: 3 },
      { arbitrary: fc.record({ all: fc.array(inside, { maxLength: 3 }) }), weight: 2 },
      { arbitrary: fc.record({ any: fc.array(inside, { maxLength: 3 }) }), weight: 2 },
      { arbitrary: fc.record({ not: inside }), weight: 1 },
    );
  return level(level(level(leaf)));
}
