import { hasCriteria, readSourceRule, type SourceRule } from './read-source-rule.ts';
import type { SegmentRule } from './segment.ts';

type Given = { kind?: 'dynamic' | 'static' | undefined; rule?: SegmentRule | undefined } & Record<string, unknown>;

/** What an operation was told a segment should mean, in whichever of the forms. `rule` is null where nothing was said. */
export function readSegmentInput(
  given: Given,
): { ok: true; rule: SegmentRule | null; kind: 'dynamic' | 'static' | null } | Extract<SourceRule, { ok: false }> {
  const { rule, kind, ...criteria } = given;
  const said = hasCriteria(criteria);
  if (rule && said) return { ok: false, message: 'Say whom the segment means once: by its rule, or by criteria.' };
  if (!said) return { ok: true, rule: rule ?? null, kind: kind ?? kindOf(criteria['continuousInclusion']) };
  const read = readSourceRule(Object.fromEntries(Object.entries(criteria).filter(([, value]) => value !== undefined)));
  return read.ok ? { ...read, kind: kind ?? read.kind } : read;
}

const kindOf = (follows: unknown): 'dynamic' | 'static' | null =>
  typeof follows === 'boolean' ? (follows ? 'dynamic' : 'static') : null;
