import type { ResultOf } from '../../../../../shared/bridge/bridge-contract.ts';
import type { Dashboard } from '../../../../../shared/bridge/dashboard-contract.ts';
import { SENTIMENTS } from '../../../../../shared/contacts/contact.ts';
import { DASHBOARD_RULES, type DashboardNumber } from '../../../../../shared/segments/known-rules/dashboard-rules.ts';
import { countRule, factsOver, type RuleAsker } from '../contact-rule.ts';
import { readContactSetup } from '../contact-setup.ts';
import { NumberColumn, ValueColumn } from '../facts/fact-column.ts';
import { fieldFacts, SOURCE_FACTS } from '../facts/fact-source.ts';
import { tallySources } from './tally-sources.ts';

/** Numbers that look at revenue that has come in, a fact which few other questions need. */
const BY_ACTUAL: ReadonlySet<string> = new Set<DashboardNumber>(['customers', 'paying']);

/** All numbers of the dashboard from facts in memory. Null until they are there: SQL would look at every contact several times. */
export function readDashboard(asker: RuleAsker): ResultOf<'dashboard.get'> {
  const facts = factsOver(asker.db);
  const everyone = facts.who({ test: 'constant', value: true });
  const stageColumn = facts.store.find(fieldFacts('stageId'));
  const statusColumn = facts.store.find(fieldFacts('leadStatus'));
  const moodColumn = facts.store.find(fieldFacts('sentiment'));
  const expected = facts.store.find(fieldFacts('estimatedRevenueCents'));
  const actual = facts.store.find(fieldFacts('actualRevenueCents'));
  const sourceColumn = facts.store.find(SOURCE_FACTS);
  if (!everyone || !isChoice(stageColumn) || !isChoice(statusColumn) || !isChoice(moodColumn)) return null;
  if (!(expected instanceof NumberColumn)) return null;
  const { stages, statuses } = readContactSetup(asker.db);
  const byStage = stageColumn.sumValues(everyone, expected);
  const byStatus = statusColumn.sumValues(everyone, expected);
  const moods = new Map(moodColumn.countValues(everyone).map(({ value, count }) => [value, count]));
  const stageSums = stages.map(({ id }) => ({ stageId: id, ...valueOf(byStage, id) }));
  const counted = (name: DashboardNumber) =>
    actual === null && BY_ACTUAL.has(name) ? null : countRule(asker, DASHBOARD_RULES[name]);
  const names = Object.keys(DASHBOARD_RULES) as DashboardNumber[];
  return {
    numbers: Object.fromEntries(names.map((name) => [name, counted(name)])) as Dashboard['numbers'],
    expectedCents: expected.sum(everyone),
    weightedCents: stageSums.reduce(
      (sum, { valueCents }, i) => sum + Math.round((valueCents * (stages[i]?.probability ?? 0)) / 100),
      0,
    ),
    actualCents: actual instanceof NumberColumn ? actual.sum(everyone) : null,
    stages: stageSums,
    statuses: statusKeys(
      statuses.map(({ key }) => key),
      byStatus,
    ).map((key) => ({ key, ...valueOf(byStatus, key) })),
    sources:
      sourceColumn instanceof ValueColumn && !sourceColumn.isFull
        ? tallySources(sourceColumn.countValues(everyone))
        : null,
    moods: [...SENTIMENTS, null].map((mood) => ({ mood, contacts: moods.get(mood) ?? 0 })),
  };
}

type Sums = ReadonlyMap<string | null, { count: number; sum: number }>;

const isChoice = (column: unknown): column is ValueColumn<string | null> => column instanceof ValueColumn;

const valueOf = (sums: Sums, key: string | null) => {
  const { count = 0, sum = 0 } = sums.get(key) ?? {};
  return { contacts: count, valueCents: sum };
};

/** A status that was deleted on another computer a moment ago may still be some contacts'. */
function statusKeys(known: readonly string[], sums: Sums): (string | null)[] {
  const gone = [...sums].flatMap(([key, { count }]) =>
    key !== null && count > 0 && !known.includes(key) ? [key] : [],
  );
  return [...known, ...gone.toSorted(), null];
}
