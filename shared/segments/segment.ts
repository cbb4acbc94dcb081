import { z } from 'zod';
import type { Id } from '../kernel/ids.ts';
import { ID_FIELDS, ruleLeaf, type RuleLeaf } from './segment-leaf.ts';

export type SegmentId = Id<'segment'>;

/** Groups inside groups. */
export const MAX_DEPTH = 8;
export const MAX_LEAVES = 200;
/** Conditions and groups together. */
const MAX_PARTS = 5 * MAX_LEAVES;

/**
 * Whom a segment means, and what every filter of contacts is: conditions (segment-leaf.ts) joined by `all`, `any` and `not`.
 * `{all: []}` is everybody, `{any: []}` nobody. The list's filter, a saved view, a segment, the conditions of an automation and an export
 * hold one of these; memory, SQLite and Postgres answer it alike.
 */
export type SegmentRule = { all: SegmentRule[] } | { any: SegmentRule[] } | { not: SegmentRule } | RuleLeaf;

export const EVERYBODY: SegmentRule = { all: [] };

const node: z.ZodType<SegmentRule, SegmentRule> = z
  .union([
    ruleLeaf,
    z.strictObject({
      get all() {
        return z.array(node);
      },
    }),
    z.strictObject({
      get any() {
        return z.array(node);
      },
    }),
    z.strictObject({
      get not() {
        return node;
      },
    }),
  ])
  .meta({ id: 'SegmentRule' });

/** Looks at the size before anything else walks it: input may be nested a million deep. */
export const segmentRule = z.preprocess((input, context) => {
  const problem = sizeProblem(input) ?? partProblem(input);
  if (!problem) return input;
  context.addIssue({ code: 'custom', message: problem, input });
  return z.NEVER;
}, node);

/** Which part is not understood, in words: the schema alone would only say that none of fifty shapes fits. */
function partProblem(rule: unknown): string | null {
  const parts = partsOf(rule);
  const shown = JSON.stringify(rule) ?? 'nothing';
  if (parts && Object.keys(rule as object).length > 1 && !('field' in (rule as object)))
    return `A group is one of all, any or not, and nothing else: ${shown.slice(0, 80)}`;
  if (parts) return parts.map(partProblem).find((problem) => problem !== null) ?? null;
  const read = ruleLeaf.safeParse(rule);
  if (read.success) return null;
  const [issue] = read.error.issues;
  const why = issue && issue.message !== 'Invalid input' ? ` ${issue.message}.` : '';
  return `This condition is not understood: ${shown.slice(0, 120)}.${why}`;
}

function sizeProblem(input: unknown): string | null {
  let [leaves, seen] = [0, 0];
  const open: [unknown, number][] = [[input, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [rule, depth] = next;
    const parts = partsOf(rule);
    seen += 1;
    if (!parts) leaves += 1;
    if (depth > MAX_DEPTH) return `Conditions can be nested ${MAX_DEPTH} deep.`;
    if (leaves > MAX_LEAVES || seen + open.length + (parts?.length ?? 0) > MAX_PARTS)
      return `A segment can have ${MAX_LEAVES} conditions.`;
    for (const part of parts ?? []) open.push([part, depth + 1]);
  }
  return null;
}

function partsOf(rule: unknown): readonly unknown[] | null {
  if (typeof rule !== 'object' || rule === null) return null;
  if ('all' in rule && Array.isArray(rule.all)) return rule.all;
  if ('any' in rule && Array.isArray(rule.any)) return rule.any;
  return 'not' in rule ? [rule.not] : null;
}

/** Every condition of a rule, from left to right. */
export function* leavesOf(rule: SegmentRule): Generator<RuleLeaf> {
  if ('all' in rule) for (const part of rule.all) yield* leavesOf(part);
  else if ('any' in rule) for (const part of rule.any) yield* leavesOf(part);
  else if ('not' in rule) yield* leavesOf(rule.not);
  else yield rule;
}

/** The ids that a rule names: of members, pipelines, stages, pages, groups and segments. */
export function idsIn(rule: SegmentRule): Set<string> {
  const ids = new Set<string>();
  for (const leaf of leavesOf(rule)) {
    if (leaf.field === 'segment') ids.add(leaf.id);
    if (leaf.field === 'groups') for (const id of leaf.ids) ids.add(id);
    if ((ID_FIELDS as readonly string[]).includes(leaf.field) && 'values' in leaf)
      for (const id of leaf.values) ids.add(id);
  }
  return ids;
}
