import type { ContactHistory, OutboxEntry } from '../../../../../../shared/bridge/bridge-contract.ts';
import type { ActRow } from '../../../../../../shared/bridge/team-contract.ts';
import type { PastChange } from '../../../../../../shared/contacts/contact-as-of.ts';
import type { HistoryEntry } from '../../../../../../shared/contacts/history-operations.ts';

export const TIMELINE_KINDS = ['values', 'stages', 'links', 'consents', 'events'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One line of a contact's past: told by the server, seen among the acts, or not sent yet. */
export type TimelineItem = { key: string; at: number; kind: TimelineKind } & (
  | { from: 'history'; entry: HistoryEntry }
  | { from: 'acts'; act: ActRow }
  | { from: 'outbox'; waiting: OutboxEntry }
);

const KIND_OF: Record<HistoryEntry['kind'], TimelineKind> = {
  CREATED: 'events',
  FIELD_CHANGED: 'values',
  STAGE_CHANGED: 'stages',
  STATUS_CHANGED: 'stages',
  SCORE_CHANGED: 'values',
  TAG_ADDED: 'links',
  TAG_REMOVED: 'links',
  GROUP_ADDED: 'links',
  GROUP_REMOVED: 'links',
  CONSENT_GIVEN: 'consents',
  CONSENT_WITHDRAWN: 'consents',
  OPTED_OUT: 'consents',
  OPTED_IN: 'consents',
  VISITED: 'events',
  MERGED: 'events',
  MERGE_UNDONE: 'events',
};

/** By the operation that did it. */
function kindOfAct(name: string): TimelineKind {
  if (/Tags$|Group$/.test(name)) return 'links';
  if (/moveToStage$|setStatus$/.test(name)) return 'stages';
  if (/^consents\.|opt(In|Out)$/.test(name)) return 'consents';
  return name === 'contacts.update' || /setScore$|assign$/.test(name) ? 'values' : 'events';
}

/** Everything in one order, newest first; what waits stands above all. */
export function timelineItems({ entries, acts, waiting }: ContactHistory): TimelineItem[] {
  const told = [
    ...entries.map((entry): TimelineItem => ({
      key: `h ${entry.id}`,
      at: entry.at,
      kind: KIND_OF[entry.kind],
      from: 'history',
      entry,
    })),
    ...acts.map((act): TimelineItem => ({
      key: `a ${act.id}`,
      at: act.at,
      kind: kindOfAct(act.action),
      from: 'acts',
      act,
    })),
  ];
  const unsent = waiting.map((entry): TimelineItem => ({
    key: `o ${entry.writeId}`,
    at: entry.madeAt,
    kind: kindOfAct(entry.name),
    from: 'outbox',
    waiting: entry,
  }));
  return [...unsent.toReversed(), ...told.toSorted((a, b) => b.at - a.at)];
}

/** Of entries and newer acts, newest first: what `contactAsOf` takes away again. */
export function pastChanges({ entries, acts, waiting }: ContactHistory): PastChange[] {
  const unsent = waiting.filter(({ state }) => state !== 'refused');
  return [
    ...unsent.toReversed().flatMap(({ name, input, madeAt }) => tagChanges(name, input, madeAt)),
    ...acts.flatMap(({ action, before, after, at }) =>
      action.endsWith('Tags') ? tagChanges(action, after ?? before, at) : fieldChanges(action, before, after, at),
    ),
    ...entries,
  ].toSorted((a, b) => b.at - a.at);
}

function tagChanges(name: string, input: unknown, at: number): PastChange[] {
  const { tags } = (input ?? {}) as { tags?: unknown };
  if (!Array.isArray(tags)) return [];
  const adds = name === 'contacts.addTags';
  if (!adds && name !== 'contacts.removeTags') return [];
  return tags.map((tag: unknown) => ({ field: 'tag', before: adds ? null : tag, after: adds ? tag : null, at }));
}

function fieldChanges(
  action: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  at: number,
): PastChange[] {
  if (!action.startsWith('contacts.') || !before) return [];
  return Object.keys(before).map((field) => ({ field, before: before[field], after: after?.[field] ?? null, at }));
}
