import type { Instant } from '../kernel/instant.ts';
import type { HistoryEntry } from './history-operations.ts';

/** A contact with the names of its tags and groups, at some moment. */
export type ContactState = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly groups: readonly string[];
};

export type PastChange = Pick<HistoryEntry, 'field' | 'before' | 'after' | 'at'> &
  Partial<Pick<HistoryEntry, 'details'>>;

/**
 * The contact as it was at a moment: from how it is now, each later change is taken away again. `changes` are all there are since that
 * moment (more do no harm), newest first, as history tells them; those of one instant in the order they are told. What has no history
 * (when somebody was last heard from) stays as it is now. What happened to another contact before it was merged into this one did not happen
 * to this one. Null before the contact was there.
 */
export function contactAsOf(now: ContactState, changes: readonly PastChange[], at: Instant): ContactState | null {
  const createdAt = now.fields['createdAt'];
  if (typeof createdAt === 'number' && at < createdAt) return null;
  const fields: Record<string, unknown> = { ...now.fields };
  const tags = new Set(now.tags);
  const groups = new Set(now.groups);
  for (const change of changes) {
    if (change.at <= at || change.field === null || change.details?.['mergedId'] !== undefined) continue;
    if (change.field === 'tag') takeAway(tags, change);
    else if (change.field === 'group') takeAway(groups, change);
    else fields[change.field] = change.before ?? null;
  }
  return { fields, tags: [...tags], groups: [...groups] };
}

function takeAway(names: Set<string>, { before, after }: PastChange): void {
  if (typeof after === 'string') names.delete(after);
  if (typeof before === 'string') names.add(before);
}
