import { scramble } from './million-contacts.ts';

const SYLLABLES =
  're ba te ca ro ly sen der mi to an ex po li ver qua no du ki pra sto ble fin gar hu jo wel zan or ti'.split(' ');
const WORDS = 20_000;

const wordAt = (rank: number): string => {
  const n = scramble(rank + 1);
  const length = 1 + (n % 4);
  return Array.from({ length }, (_, i) => SYLLABLES[(n >>> (i * 5)) % SYLLABLES.length]).join('');
};
const VOCABULARY = Array.from({ length: WORDS }, (_, rank) => wordAt(rank));

/** A word as people use them: the tenth most common one a tenth as often as the most common one. */
export const wordOf = (n: number): string =>
  VOCABULARY[Math.floor(WORDS ** (scramble(n) / 4_294_967_296)) - 1] ?? 'rebate';

/** Four to twenty-three words. */
export const sentenceOf = (n: number): string =>
  Array.from({ length: 4 + (scramble(n) % 20) }, (_, i) => wordOf(n * 31 + i)).join(' ');
