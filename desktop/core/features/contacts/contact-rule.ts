import type { ArgsOf, ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { leavesOf, segmentRule, type SegmentRule } from '../../../../shared/segments/segment.ts';
import {
  prepareRule,
  type KnownSegment,
  type PreparedRule,
  type SegmentProblem,
} from '../../../../shared/segments/prepare-rule.ts';
import type { QueryContext } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { listContactRows } from './contact-rows.ts';
import { ContactFacts } from './facts/contact-facts.ts';
import { matchListed } from './match-contacts.ts';
import { countFacets, FACETS, sumStages, type Facet } from './facts/facet-counts.ts';

/** Who asks whom a rule means: dates are days of their zone. */
export type RuleAsker = Pick<QueryContext, 'db' | 'now' | 'me'>;

/** What is known of all contacts lives as long as the connection it was read by. */
const factsByConnection = new WeakMap<ReadConnection, ContactFacts>();

export function factsOver(db: ReadConnection): ContactFacts {
  const known = factsByConnection.get(db) ?? new ContactFacts(db);
  factsByConnection.set(db, known);
  return known;
}

/** These contacts by rid, in the order they are named; who is gone is left out. */
export const ridsOfIds = (db: ReadConnection, ids: readonly string[]): Int32Array =>
  Int32Array.from(
    db
      .sql('SELECT c.rid FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value')
      .pluck()
      .all(JSON.stringify(ids)) as number[],
  );

const isEverybody = (rule: SegmentRule): boolean => 'all' in rule && rule.all.length === 0;

/** A rule with nothing left to know. Segments that cannot be followed match nobody and are told to `onProblem`. */
function prepare(
  { db, now, me }: RuleAsker,
  rule: SegmentRule,
  onProblem?: (problem: SegmentProblem) => void,
): PreparedRule {
  const context = {
    now: now(),
    zone: findZone(db, me.userId),
    tenantId:
      (db.sql(`SELECT id FROM workspace_items WHERE kind = 'tenant'`).pluck().get() as string | undefined) ?? '',
    findSegment: (id: string) => findSegment(db, id),
  };
  return prepareRule(rule, context, onProblem);
}

/** Whom the filter of a list means, ascending; null where it means everybody. */
export const ridsOfFilter = (asker: RuleAsker, filter: SegmentRule | undefined): Int32Array | null =>
  filter && !isEverybody(filter) ? factsOver(asker.db).ridsOf(prepare(asker, filter)) : null;

/** Those of `rids` whom the filter of a list means, in their order. */
export const amongFilter = (asker: RuleAsker, filter: SegmentRule | undefined, rids: readonly number[]): number[] =>
  filter && !isEverybody(filter) ? factsOver(asker.db).among(prepare(asker, filter), rids) : [...rids];

/** What a filtered board adds up to, by stage; null while facts are loaded. */
export const sumFiltered = (asker: RuleAsker, filter: SegmentRule): ReturnType<typeof sumStages> =>
  sumStages(factsOver(asker.db), prepare(asker, filter));

/** How many contacts a rule means. */
export const countRule = (asker: RuleAsker, rule: SegmentRule): number =>
  factsOver(asker.db).countRule(prepare(asker, rule));

/** How many contacts a rule means, and the newest few of them. */
export function countMatching(
  asker: RuleAsker,
  { rule, sample }: ArgsOf<'contacts.matching'>,
): ResultOf<'contacts.matching'> {
  const { db } = asker;
  const startedAt = performance.now();
  const problems: SegmentProblem[] = [];
  const prepared = prepare(asker, rule, (problem) => problems.push(problem));
  const facts = factsOver(db);
  const total = db.sql('SELECT count(*) FROM contacts').pluck().get() as number;
  const rids = sample > 0 ? facts.ridsOf(prepared) : null;
  const newest = rids ? [...rids.subarray(Math.max(0, rids.length - sample))].toReversed() : [];
  return {
    count: rids?.length ?? facts.countRule(prepared),
    total,
    sample: listContactRows(db, newest).filter((row) => row !== null),
    problems,
    tookMs: performance.now() - startedAt,
  };
}

/** The numbers beside the choices of a list's filters; null while they are not known. Tags that must all be there narrow each other. */
export function countChoices(asker: RuleAsker, { view }: ArgsOf<'contacts.choices'>): ResultOf<'contacts.choices'> {
  const { filter, search } = view;
  const parts = !filter ? [] : 'all' in filter ? filter.all : [filter];
  const found = search.trim() ? matchListed(asker.db, { search, whole: true }).rids : null;
  const chosen: Record<string, PreparedRule> = {};
  for (const [i, part] of parts.entries()) {
    const facet = facetOf(part);
    const name = facet && !(facet in chosen) ? facet : `part ${i}`;
    chosen[name] = prepare(asker, part);
  }
  const narrowing = parts.some((part) => 'field' in part && part.field === 'tags' && part.op === 'all')
    ? (['tags'] as const)
    : [];
  return countFacets(factsOver(asker.db), chosen, { narrowing, found });
}

/** The filter a condition belongs to, where all of it does. */
function facetOf(part: SegmentRule): Facet | null {
  const facets = new Set([...leavesOf(part)].map(({ field }) => FACETS.find((facet) => facet === field) ?? null));
  const [only] = facets;
  return facets.size === 1 ? (only ?? null) : null;
}

function findSegment(db: ReadConnection, id: string): KnownSegment | null {
  const text = db.sql(`SELECT body FROM workspace_items WHERE kind = 'segment' AND id = ?`).pluck().get(id) as
    | string
    | undefined;
  if (text === undefined) return null;
  const { kind, rule } = JSON.parse(text) as { kind: string; rule: unknown };
  if (kind === 'static') return { kind };
  const read = segmentRule.safeParse(rule);
  return { kind: 'dynamic', rule: read.success ? read.data : null };
}

/** The person's own zone, else the workspace's, else this computer's. */
function findZone(db: ReadConnection, userId: string): string {
  const zones = db
    .sql(
      `SELECT body ->> 'timezone' FROM workspace_items WHERE (kind = 'member' AND id = ?) OR kind = 'tenant'
       ORDER BY kind = 'tenant'`,
    )
    .pluck()
    .all(userId) as (string | null)[];
  return zones.find((zone) => zone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
