import type { Sentiment } from '../contacts/contact.ts';
import type { DashboardNumber } from '../segments/known-rules/dashboard-rules.ts';

/** How many contacts, and what they are expected to bring, in cents. */
export type CountedValue = { contacts: number; valueCents: number };

/** What the dashboard shows of all contacts. Sums are in cents of the workspace's currency. */
export type Dashboard = {
  /** By whom they count, see segments/known-rules/dashboard-rules.ts. Null for one that is being found out. */
  numbers: Record<DashboardNumber, number | null>;
  expectedCents: number;
  /** Of contacts in a stage: what they are expected to bring times the chance of their stage. */
  weightedCents: number;
  /** Null while it is being found out. */
  actualCents: number | null;
  /** Every stage of every pipeline, in their order. */
  stages: (CountedValue & { stageId: string })[];
  /** Every status in its order, then those that contacts have though they were deleted, then none. */
  statuses: (CountedValue & { key: string | null })[];
  /** Most contacts first, none last. Null while they are being found out. */
  sources: { source: string | null; contacts: number }[] | null;
  moods: { mood: Sentiment | null; contacts: number }[];
};

export type DashboardQueries = {
  /** Null while facts about the contacts are being loaded: ask again a moment later. */
  'dashboard.get': { args: Record<never, never>; result: Dashboard | null };
};
