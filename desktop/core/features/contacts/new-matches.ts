import type { ContactView } from '../../../../shared/bridge/contacts-contract.ts';
import { amongFilter, type RuleAsker } from './contact-rule.ts';
import { readTerms, toGlob } from './match-contacts.ts';

/** How many contacts added after `rid` match. */
export function countNewMatches(context: RuleAsker, view: Pick<ContactView, 'search' | 'filter'>, rid: number): number {
  const { words } = readTerms(view.search);
  // Signs alone find nobody, so nobody new either.
  if (words.length === 0 && view.search.trim() !== '') return 0;
  const also = words.map(() => ' AND search GLOB ?').join('');
  const found = context.db
    .sql(`SELECT rid FROM contacts c WHERE rid > ?${also}`)
    .pluck()
    .all(rid, ...words.map(toGlob)) as number[];
  return found.length > 0 ? amongFilter(context, view.filter, found).length : 0;
}
