import { isSameValue } from '../../../shared/kernel/same-value.ts';
import type { FieldValues, MetKind } from '../../../shared/merges/met-change.ts';

/** A change of the row since the edit's basis, from the audit log, oldest first. `isOwn`: by the same person on the same device. */
export type Change = { isOwn: boolean; byId: string | null; at: number; before: FieldValues; after: FieldValues };
/** A meeting that this device was told of since the edit's basis. */
export type Told = { id: string; theirs: FieldValues; theirsAt: number; isOpen: boolean };

type Foreign = { value: unknown; was: unknown; at: number; byId: string | null };

type Meeting = { kind: MetKind; theirs: FieldValues; theirsById: string | null; theirsAt: number };
type Found = {
  meeting: Meeting | null;
  /** Open meetings whose `mine` this edit carries on: the same device edits on from the same basis. */
  carriedOn: { id: string; values: FieldValues }[];
};

/**
 * What the edit `mine` meets. A field that others changed and changed back has not been changed, and one that both set to the same
 * value has not met. What this device was told of already is told again only when it is now overwritten.
 */
export function findMeeting(mine: FieldValues, changes: readonly Change[], told: readonly Told[]): Found {
  const { theirs, ownAt } = fold(changes);
  const overwritten: [string, Foreign][] = [];
  const merged: [string, Foreign][] = [];
  const carriedOn = new Map<string, Record<string, unknown>>();
  for (const [field, change] of theirs) {
    if (isSameValue(change.was, change.value)) continue;
    const tellers = told.filter((row) => field in row.theirs && row.theirsAt >= change.at);
    const isAnswered = (ownAt.get(field) ?? 0) > change.at;
    if (!(field in mine)) {
      if (!tellers.length && !isAnswered) merged.push([field, change]);
    } else if (!isAnswered) {
      if (!isSameValue(mine[field], change.value)) overwritten.push([field, change]);
    } else {
      for (const { id } of tellers.filter(({ isOpen }) => isOpen))
        carriedOn.set(id, { ...carriedOn.get(id), [field]: mine[field] });
    }
  }
  const found = [...overwritten, ...merged];
  const [first] = found.toSorted(([, a], [, b]) => b.at - a.at);
  return {
    meeting: first
      ? {
          kind: overwritten.length ? 'overwritten' : 'merged',
          theirs: Object.fromEntries(found.map(([field, { value }]) => [field, value])),
          theirsById: first[1].byId,
          theirsAt: first[1].at,
        }
      : null,
    carriedOn: [...carriedOn].map(([id, values]) => ({ id, values })),
  };
}

/** The last foreign value of each field with what it was before the first of them, and when this device itself last set it. */
function fold(changes: readonly Change[]) {
  const theirs = new Map<string, Foreign>();
  const ownAt = new Map<string, number>();
  for (const { isOwn, at, byId, before, after } of changes)
    for (const [field, value] of Object.entries(after)) {
      if (isOwn) ownAt.set(field, at);
      else theirs.set(field, { value, at, byId, was: theirs.has(field) ? theirs.get(field)?.was : before[field] });
    }
  return { theirs, ownAt };
}
