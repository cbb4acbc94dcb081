import { keysOfPath } from './attribute-path.ts';
import { prepareRule, type SegmentContext, type SegmentProblem } from './prepare-rule.ts';
import { leavesOf, type SegmentRule } from './segment.ts';
import type { RuleLeaf } from './segment-leaf.ts';

/**
 * Something that a condition names and that may be deleted: a status by its key, a tag by its name, an attribute by its (outermost) key,
 * the others by their ids.
 */
export type NamedThing = {
  kind: 'status' | 'member' | 'pipeline' | 'stage' | 'page' | 'group' | 'tag' | 'attribute';
  id: string;
};

/** `gone`: a choice that was deleted, so the condition means nobody by it; of an attribute only its definition is gone, contacts keep values. The others: a segment that cannot be followed, see prepare-rule.ts. */
export type RuleProblem = SegmentProblem | ({ problem: 'gone' } & NamedThing);

const KIND = {
  leadStatus: 'status',
  ownerId: 'member',
  pipelineId: 'pipeline',
  stageId: 'stage',
  facebookPageId: 'page',
} as const;

/** What of a rule means nobody, though it is understood: for whoever reads or edits it. A rule with problems still means whom it means. */
export function checkRule(
  rule: SegmentRule,
  context: SegmentContext,
  isThere: (thing: NamedThing) => boolean,
): RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const leaf of leavesOf(rule))
    for (const thing of thingsOf(leaf)) if (!isThere(thing)) problems.push({ problem: 'gone', ...thing });
  prepareRule(rule, context, (problem) => problems.push(problem));
  return problems;
}

function thingsOf(leaf: RuleLeaf): NamedThing[] {
  if (leaf.field === 'tags') return leaf.names.map((id) => ({ kind: 'tag', id }));
  if (leaf.field === 'attribute')
    return keysOfPath(leaf.path)
      .slice(0, 1)
      .map((id) => ({ kind: 'attribute', id }));
  if (leaf.field === 'groups') return leaf.ids.map((id) => ({ kind: 'group', id }));
  if (!('values' in leaf) || !(leaf.field in KIND)) return [];
  const kind = KIND[leaf.field as keyof typeof KIND];
  return leaf.values.map((id) => ({ kind, id }));
}
