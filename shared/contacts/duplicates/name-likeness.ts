import { toSearchText } from '../../kernel/search-text.ts';

/** Spellings that sound the same and stand for the same names: Sophia and Sofia, Catherine and Katherine. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/ck|c(?!h)/g, 'k'],
  [/x/g, 'ks'],
  [/th/g, 't'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
];

const LEGAL_FORMS =
  /\b(the|and|inc|incorporated|llc|ltd|limited|gmbh|ag|co|corp|corporation|company|sa|srl|sl|bv|plc|kg)\b/g;

/** A name as it is compared: without case, accents and signs, spelt as it sounds. */
export function soundOf(name: string | null): string {
  let sound = toSearchText(name ?? '').replace(/[^\p{L}\p{N} ]/gu, ' ');
  for (const [spelt, heard] of SOUNDS) sound = sound.replace(spelt, heard);
  return sound.replace(/ +/g, ' ').trim();
}

/** A firm as it is compared: also without its legal form. */
export const firmSoundOf = (company: string | null): string =>
  soundOf(
    toSearchText(company ?? '')
      .replace(/[^\p{L}\p{N} ]/gu, ' ')
      .replace(LEGAL_FORMS, ' '),
  );

/** How many leading letters count for more, and how much each: Winkler's own numbers. */
const [PREFIX, PREFIX_WEIGHT] = [4, 0.1];

/**
 * Jaro-Winkler: 1 for the same text, 0 for nothing in common; letters count as common when they stand near each other.
 * (M. Jaro 1989, W. Winkler 1990.)
 */
export function likeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const common: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      common.push(a[i] ?? '');
      break;
    }
  }
  const matches = common.length;
  if (matches === 0) return 0;
  let [at, crossed] = [0, 0];
  for (let j = 0; j < b.length; j += 1) if (taken[j] === 1 && b[j] !== common[at++]) crossed += 1;
  const jaro = (matches / a.length + matches / b.length + (matches - crossed / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}
