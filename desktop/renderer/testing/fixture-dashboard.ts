import type { ContactDetail, ContactSetup } from '../../../shared/bridge/contacts-contract.ts';
import type { Dashboard } from '../../../shared/bridge/dashboard-contract.ts';
import { SENTIMENTS } from '../../../shared/contacts/contact.ts';
import {
  DASHBOARD_RULES,
  moodRule,
  sourceRule,
  stageRule,
  statusRule,
  type DashboardNumber,
} from '../../../shared/segments/known-rules/dashboard-rules.ts';
import type { SegmentRule } from '../../../shared/segments/segment.ts';

type Found = (rule: SegmentRule) => readonly ContactDetail[];

const expected = (contacts: readonly ContactDetail[]) =>
  contacts.reduce((sum, { estimatedRevenueCents }) => sum + (estimatedRevenueCents ?? 0), 0);

/** The numbers of the dashboard, each by asking its rule. */
export function fixtureDashboard(all: readonly ContactDetail[], setup: ContactSetup, find: Found): Dashboard {
  const counted = (rule: SegmentRule) => {
    const contacts = find(rule);
    return { contacts: contacts.length, valueCents: expected(contacts) };
  };
  const names = Object.keys(DASHBOARD_RULES) as DashboardNumber[];
  const stages = setup.stages.map(({ id, probability }) => ({ stageId: id, probability, ...counted(stageRule(id)) }));
  const sources = [...new Set(all.map(({ source }) => source))];
  return {
    numbers: Object.fromEntries(
      names.map((name) => [name, find(DASHBOARD_RULES[name]).length]),
    ) as Dashboard['numbers'],
    expectedCents: expected(all),
    weightedCents: stages.reduce(
      (sum, { valueCents, probability }) => sum + Math.round((valueCents * probability) / 100),
      0,
    ),
    actualCents: all.reduce((sum, { actualRevenueCents }) => sum + (actualRevenueCents ?? 0), 0),
    stages: stages.map(({ stageId, contacts, valueCents }) => ({ stageId, contacts, valueCents })),
    statuses: [...setup.statuses.map(({ key }) => key), null].map((key) => ({ key, ...counted(statusRule(key)) })),
    sources: sources.map((source) => ({ source, contacts: find(sourceRule(source)).length })),
    moods: [...SENTIMENTS, null].map((mood) => ({ mood, contacts: find(moodRule(mood)).length })),
  };
}
