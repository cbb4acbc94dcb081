import type { Likeness } from '../contacts/duplicates/find-duplicates.ts';
import type { ContactDetail, ContactRow } from './contacts-contract.ts';

/** Two contacts that may be one person, the older one first, and why: 1 is certain. */
export type DuplicateFound = { a: ContactRow; b: ContactRow; because: Likeness; certainty: number };

/** `share` of the search that is done, 0 to 1. */
export type DuplicateScan = { share: number; total: number; pairs: DuplicateFound[] };

/**
 * How many pairs the last whole search found that are still open; null before there was one. Asking goes on with a first search of not
 * too many contacts (`share` is what of it is done) and begins no other: 1 says that asking again brings nothing new.
 */
export type DuplicateCount = { pairs: number | null; share: number };

/** A conversation of the merged contact and the kept one's that it goes into, as `contacts.merge` takes it. */
export type JoinedThread = {
  id: string;
  fromId: string;
  isNew: boolean;
  values: Record<string, string | number | null>;
  messages: string[];
};

type Moved = { notes: string[]; conversations: string[]; messages: string[]; tasks: string[] };

/** `moves`: what a merge hands over, as `contacts.merge` takes it in `shows`. */
export type DuplicatePair = {
  keep: ContactDetail;
  merge: ContactDetail;
  moves: { moved: Moved; tagIds: string[]; groupIds: string[]; threads: JoinedThread[] };
};
