import { toSearchText } from '../kernel/search-text.ts';

/**
 * Text as segments compare it: as it is searched, and with one small sigma. JavaScript writes another one at the end of a word, Postgres
 * does not.
 */
export const foldText = (text: string): string => toSearchText(text).replaceAll('ς', 'σ');

/** Digits alone, without the zeros that people dial before a country's number. */
export const foldPhone = (typed: string): string => typed.replace(/\D/g, '').replace(/^0+/, '');

/** What must all be somewhere in a contact's search text. A text of digits and what stands between them is one number. */
export function searchWords(typed: string): string[] {
  if (/^[\d\s+().\-/]+$/.test(typed) && typed.replace(/\D/g, '').length > 2) {
    const digits = foldPhone(typed);
    return [digits || typed.replace(/\D/g, '')];
  }
  return toSearchText(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
