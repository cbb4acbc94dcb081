import type { Excerpt } from '../../../../shared/bridge/team-contract.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';

/** A word as the tokenizer of the index cuts it: letters and digits, with the marks that stand on them. */
const WORD = /[\p{L}\p{N}\p{Co}\p{M}]+/gu;
const BEFORE = 40;
const AFTER = 90;

/** A pasted page is sought by its beginning: an index refuses thousands of words at once. */
const MOST_TYPED = 400;

/** The words of what somebody typed, composed as they are in most texts. */
export const readWords = (text: string): string[] =>
  text
    .slice(0, MOST_TYPED)
    .normalize('NFC')
    .match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];

/** Of `words`, which begin a word of the text. */
export function wordsHeld(text: string, words: readonly string[]): string[] {
  // Folded once as a whole: much quicker than word by word.
  const found = toSearchText(text).split(/[^\p{L}\p{N}\p{Co}]+/u);
  return words.filter((word) => {
    const folded = toSearchText(word);
    return found.some((one) => one.startsWith(folded));
  });
}

export const holdsWords = (text: string, words: readonly string[]): boolean =>
  wordsHeld(text, words).length === words.length;

/** The words around the first place in the text where one of `words` begins a word; the start of the text where none does. */
export function excerptOf(text: string, words: readonly string[]): Excerpt {
  const wanted = words.map(toSearchText).toSorted((a, b) => b.length - a.length);
  for (const match of text.matchAll(WORD)) {
    const folded = toSearchText(match[0]);
    const word = wanted.find((one) => folded.startsWith(one));
    if (word) return cut(text, match.index, match.index + lengthOf(match[0], word));
  }
  return cut(text, 0, 0);
}

/** How much of `word` folds to `begin`: an accent may be a character of its own. */
function lengthOf(word: string, begin: string): number {
  let folded = '';
  let length = 0;
  for (const character of word) {
    // A mark belongs to the letter before it.
    if (folded.length >= begin.length && !/\p{M}/u.test(character)) break;
    folded += toSearchText(character);
    length += character.length;
  }
  return length;
}

function cut(text: string, from: number, to: number): Excerpt {
  const start = from <= BEFORE ? 0 : wordStart(text, from - BEFORE, from);
  const end = text.length <= to + AFTER ? text.length : wordEnd(text, to + AFTER, to);
  const lead = start > 0 ? '… ' : '';
  // One for one, so that the places stay what they are.
  const middle = text.slice(start, end).replace(/\s/g, ' ');
  const shift = lead.length - start;
  return { text: `${lead}${middle}${end < text.length ? ' …' : ''}`, from: from + shift, to: to + shift };
}

function wordStart(text: string, at: number, latest: number): number {
  const space = text.slice(at, latest).search(/\s/);
  if (space >= 0) return at + space + 1;
  return isInsidePair(text, at) ? at + 1 : at;
}

function wordEnd(text: string, at: number, earliest: number): number {
  const space = text.slice(earliest, at).search(/\s\S*$/);
  if (space > 0) return earliest + space;
  return isInsidePair(text, at) ? at - 1 : at;
}

/** Whether a character that takes two places, an emoji say, would be cut in half. */
const isInsidePair = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));
