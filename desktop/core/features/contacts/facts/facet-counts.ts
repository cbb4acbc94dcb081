import type { PreparedRule } from '../../../../../shared/segments/prepare-rule.ts';
import { scoreBandOf } from '../../../../../shared/segments/score-band.ts';
import type { Platform } from '../../../../../shared/segments/platform-rule.ts';
import { type Bits, countBits, intersect, toBits } from './bits.ts';
import type { ContactFacts } from './contact-facts.ts';
import { NumberColumn, ValueColumn } from './fact-column.ts';
import { fieldFacts, FLAG_FACTS, flagBit, GROUP_FACTS, TAG_FACTS, type FactSource } from './fact-source.ts';

/** Filters that show a number beside each of their choices. */
export const FACETS = [
  'leadStatus',
  'ownerId',
  'pipelineId',
  'stageId',
  'facebookPageId',
  'sentiment',
  'leadScore',
  'platform',
  'tags',
  'groups',
] as const;
export type Facet = (typeof FACETS)[number];

/** What is chosen: a rule of each filter, and of everything else under names of its own. */
export type ChosenFilters = Readonly<Record<string, PreparedRule>>;

/**
 * How many contacts each choice would show. Choices are ids, the key of a status, a score's range, a platform; `''` is for contacts
 * without a value. Choices that would show nobody are left out.
 */
export type FacetCounts = { total: number; counts: Record<Facet, Record<string, number>> };

/**
 * The numbers beside the choices of all filters. Choosing another stage takes the place of the one that is chosen, so a filter does not
 * narrow its own choices, unless it is among `narrowing`: a tag that must be there besides the chosen ones. `found`: whom a search found,
 * where there is one. Null while facts are loaded.
 */
export function countFacets(
  facts: ContactFacts,
  chosen: ChosenFilters,
  { narrowing = [], found = null }: { narrowing?: readonly Facet[]; found?: readonly number[] | null } = {},
): FacetCounts | null {
  const names = Object.keys(chosen);
  const means: Bits[] = [];
  for (const name of names) {
    const bits = facts.who(chosen[name] ?? { all: [] });
    if (!bits) return null;
    means.push(bits);
  }
  const everyone = facts.who({ test: 'constant', value: true });
  if (!everyone) return null;
  if (found) intersect(everyone, toBits(found, facts.store.size));
  const without = (facet: Facet | null): Bits =>
    names.reduce<Bits>(
      (left, name, i) => (name === facet && !narrowing.includes(facet) ? left : intersect(left, means[i] ?? left)),
      everyone.slice(),
    );
  // Most filters are not chosen: they all count among the same contacts.
  const all = without(null);
  const among = (facet: Facet) => (names.includes(facet) && !narrowing.includes(facet) ? without(facet) : all);
  const counts = {} as Record<Facet, Record<string, number>>;
  for (const facet of FACETS) {
    const column = facts.store.find(SOURCE[facet]);
    if (!(column instanceof ValueColumn) || column.isFull) return null;
    counts[facet] = tally(facet, column.countValues(among(facet)));
  }
  return { total: countBits(all), counts };
}

const SOURCE: Readonly<Record<Facet, FactSource>> = {
  leadStatus: fieldFacts('leadStatus'),
  ownerId: fieldFacts('ownerId'),
  pipelineId: fieldFacts('pipelineId'),
  stageId: fieldFacts('stageId'),
  facebookPageId: fieldFacts('facebookPageId'),
  sentiment: fieldFacts('sentiment'),
  leadScore: fieldFacts('leadScore'),
  platform: FLAG_FACTS,
  tags: TAG_FACTS,
  groups: GROUP_FACTS,
};

type Counted = readonly { value: unknown; count: number }[];

function tally(facet: Facet, counted: Counted): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { value, count } of counted)
    for (const choice of choicesOf(facet, value)) totals.set(choice, (totals.get(choice) ?? 0) + count);
  return Object.fromEntries(totals);
}

/** Which choices a contact with this value is shown under. */
function choicesOf(facet: Facet, value: unknown): readonly string[] {
  if (facet === 'platform') return platformsOf(Number(value));
  if (facet === 'leadScore') return [scoreBandOf(typeof value === 'number' ? value : null) ?? ''];
  if (value instanceof Set) return value.size > 0 ? [...(value as ReadonlySet<string>)] : [''];
  return [typeof value === 'string' ? value : ''];
}

function platformsOf(flags: number): Platform[] {
  const messenger = (flags & flagBit('hasMessenger')) !== 0;
  const instagram = (flags & flagBit('hasInstagram')) !== 0;
  return [
    'all',
    ...(messenger ? (['messenger'] as const) : []),
    ...(instagram ? (['instagram'] as const) : []),
    ...(messenger && instagram ? (['both'] as const) : []),
  ];
}

/** How many contacts of a rule are in each stage, and what they are estimated to bring, in cents. Null while facts are loaded. */
export function sumStages(
  facts: ContactFacts,
  rule: PreparedRule,
): ReadonlyMap<string | null, { count: number; sum: number }> | null {
  const among = facts.who(rule);
  const stages = facts.store.find(fieldFacts('stageId'));
  const amounts = facts.store.find(fieldFacts('estimatedRevenueCents'));
  if (!among || !(stages instanceof ValueColumn) || !(amounts instanceof NumberColumn)) return null;
  return (stages as ValueColumn<string | null>).sumValues(among, amounts);
}
