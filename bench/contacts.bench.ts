import { countRules } from './contacts/count-rules.ts';
import { findTwins } from './contacts/find-twins.ts';
import { withContacts } from './contacts/fill-contacts.ts';
import { openBoard } from './contacts/open-board.ts';
import { tagMany } from './contacts/tag-many.ts';
import type { Metric } from './metric.ts';

/** What people do with very many contacts, on an encrypted replica: count, choose, open a board, tag, look for duplicates. */
export const run = async (): Promise<Metric[]> => [
  ...(await withContacts(100_000, async (place) => [...countRules(place, '100k', 50), ...findTwins(place)])),
  ...(await withContacts(1_000_000, async (place) => [
    ...countRules(place, '1M', 150),
    ...openBoard(place),
    ...(await tagMany(place)),
  ])),
];
