import { expect, test } from 'vitest';
import { excerptOf, holdsWords, readWords } from './search-words.ts';

const marked = (text: string, typed: string) => {
  const { text: shown, from, to } = excerptOf(text, readWords(typed));
  return `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`;
};

test('an excerpt marks the letters that were typed, whatever their case and accents', () => {
  expect(marked('Gracias, José', 'jose')).toBe('Gracias, [José]');
  expect(marked('Gracias, JOSÉ Ignacio', 'jos')).toBe('Gracias, [JOS]É Ignacio');
  // The accent as a character of its own.
  expect(marked('Mañana'.normalize('NFD'), 'maña')).toBe('[Maña]na'.normalize('NFD'));
  expect(marked('a\nnew line', 'line')).toBe('a new [line]');
});

test('a long text is cut between words around the match, and says so', () => {
  const text = `${'before '.repeat(30)}rebate ${'after '.repeat(40)}`.trim();
  const { text: shown, from, to } = excerptOf(text, ['reb']);
  expect(shown.slice(from, to)).toBe('reb');
  expect(shown).toMatch(/^… (before )+rebate (after )+…$/);
  expect(shown.length).toBeLessThan(160);
});

test('a text without spaces is cut beside no half of an emoji', () => {
  for (const pad of ['', 'x']) {
    const text = `${pad}${'😀'.repeat(60)}-rebate-${pad}${'😀'.repeat(100)}`;
    expect(excerptOf(text, ['rebate']).text.isWellFormed()).toBe(true);
  }
});

test('every word has to begin a word of the text, in any order', () => {
  expect(holdsWords('Does the Rebate come off?', ['off', 'reb'])).toBe(true);
  expect(holdsWords('Does the Rebate come off?', ['ebate'])).toBe(false);
  expect(holdsWords('Does the Rebate come off?', ['rebate', 'tomorrow'])).toBe(false);
});
