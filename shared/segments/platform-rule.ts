import { EVERYBODY, type SegmentRule } from './segment.ts';

/** By which of the two messengers contacts are reached; `both` is by the one as well as the other. */
export const PLATFORMS = ['all', 'messenger', 'instagram', 'both'] as const;
export type Platform = (typeof PLATFORMS)[number];

const has = (field: 'hasMessenger' | 'hasInstagram'): SegmentRule => ({ field, op: 'is', value: true });

export const PLATFORM_RULE: Readonly<Record<Platform, SegmentRule>> = {
  all: EVERYBODY,
  messenger: has('hasMessenger'),
  instagram: has('hasInstagram'),
  both: { all: [has('hasMessenger'), has('hasInstagram')] },
};
