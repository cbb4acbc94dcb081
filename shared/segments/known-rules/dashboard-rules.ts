import type { Sentiment } from '../../contacts/contact.ts';
import { EVERYBODY, type SegmentRule } from '../segment.ts';

/**
 * Whom the numbers of the dashboard count: the list of a rule proves its number. A customer has bought: status sold or won, or actual
 * revenue. Weeks and months are the last 7 and 30 times 24 hours.
 */
export const DASHBOARD_RULES = {
  everybody: EVERYBODY,
  newThisWeek: { field: 'createdAt', op: 'withinDays', days: 7 },
  newThisMonth: { field: 'createdAt', op: 'withinDays', days: 30 },
  customers: {
    any: [
      { field: 'leadStatus', op: 'among', values: ['sold', 'won'] },
      { field: 'actualRevenueCents', op: 'above', value: 0 },
    ],
  },
  emergencies: { field: 'emergency', op: 'is', value: true },
  /** Of whom revenue is expected. */
  expecting: { field: 'estimatedRevenueCents', op: 'above', value: 0 },
  inStages: { field: 'stageId', op: 'exists' },
  paying: { field: 'actualRevenueCents', op: 'above', value: 0 },
} as const satisfies Record<string, SegmentRule>;

export type DashboardNumber = keyof typeof DASHBOARD_RULES;

/** Who has a lead status, by its key; null: who has none. */
export const statusRule = (key: string | null): SegmentRule =>
  key === null ? { field: 'leadStatus', op: 'missing' } : { field: 'leadStatus', op: 'among', values: [key] };

export const stageRule = (stageId: string): SegmentRule => ({ field: 'stageId', op: 'among', values: [stageId] });

/** Spelling in another case is the same source. */
export const sourceRule = (source: string | null): SegmentRule =>
  source === null ? { field: 'source', op: 'missing' } : { field: 'source', op: 'is', value: source };

export const moodRule = (mood: Sentiment | null): SegmentRule =>
  mood === null ? { field: 'sentiment', op: 'missing' } : { field: 'sentiment', op: 'among', values: [mood] };
