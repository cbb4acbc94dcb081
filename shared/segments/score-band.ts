/** The ranges of a lead score that people filter by, both ends included. */
export const SCORE_BANDS = [
  { band: 'cold', from: 0, to: 25 },
  { band: 'warm', from: 26, to: 50 },
  { band: 'hot', from: 51, to: 75 },
  { band: 'veryHot', from: 76, to: 100 },
] as const;

export type ScoreBand = (typeof SCORE_BANDS)[number]['band'];

/** The range a score lies in; null for none. */
export const scoreBandOf = (score: number | null): ScoreBand | null =>
  score === null ? null : (SCORE_BANDS.find(({ from, to }) => score >= from && score <= to)?.band ?? null);
