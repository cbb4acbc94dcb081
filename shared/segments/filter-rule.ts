import type { ContactFilter } from './list-operations.ts';
import { PLATFORM_RULE } from './platform-rule.ts';
import { SCORE_BANDS } from './score-band.ts';
import { segmentRule, type SegmentRule } from './segment.ts';

/** A filter of a list as the rule it means: everything that was said, joined by “and”. */
export function filterToRule(filter: ContactFilter): SegmentRule {
  const { search, dateFrom, dateTo, pageId, platform, minScore, maxScore, tags = [], rule } = filter;
  const band = SCORE_BANDS.find((one) => one.band === filter.scoreRange);
  const parts: (object | false | undefined | '')[] = [
    search && { field: 'search', op: 'matches', text: search },
    between('createdAt', dateFrom, dateTo),
    between('leadScore', minScore, maxScore),
    band && between('leadScore', band.from, band.to),
    platform && PLATFORM_RULE[platform],
    ...among({
      facebookPageId: pageId,
      pipelineId: filter.pipelineId,
      stageId: filter.stageId,
      leadStatus: filter.leadStatus,
      ownerId: filter.ownerId,
    }),
    tags.length > 0 && { field: 'tags', op: filter.tagMode, names: tags },
    filter.segmentId && { field: 'segment', op: 'in', id: filter.segmentId },
    rule,
  ];
  return segmentRule.parse({ all: parts.filter(Boolean) });
}

const between = (field: string, from: string | number | undefined, to: string | number | undefined) =>
  from === undefined && to === undefined
    ? undefined
    : { field, op: 'between', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };

const among = (values: Record<string, string | undefined>): object[] =>
  Object.entries(values).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, op: 'among', values: [value] }],
  );
