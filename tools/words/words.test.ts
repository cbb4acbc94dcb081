import { expect, test } from 'vitest';
import { EN } from '../../desktop/renderer/lib/i18n/catalogs/en.ts';
import { ES, ES_PARTS, SAID } from '../../desktop/renderer/lib/i18n/catalogs/es.ts';
import { allWords } from './all-words.ts';

const { plain, counted, heard, early } = allWords();
const wanted = new Set([...plain, ...heard, ...[...counted].flatMap((key) => [`${key}_one`, `${key}_other`])]);

const placesOf = (text: string) => [...text.matchAll(/\{\{\w+\}\}|<\/?\w+>/gu)].map(([place]) => place).toSorted();
const withoutEnding = (key: string) => key.replace(/_(one|other|many|[a-z]+)$/u, '');

test('finds the words of the renderer and of what it hears', () => {
  expect(plain.size).toBeGreaterThan(400);
  expect(counted.size).toBeGreaterThan(40);
  expect(heard).toContain('Note on {{whose}}');
  expect(heard).toContain('Email or password is wrong.');
});

test('Spanish has every sentence that can be read', () => {
  expect([...wanted].filter((key) => !(key in ES)).toSorted()).toEqual([]);
});

test('Spanish has no sentence that nobody says', () => {
  const many = (key: string) => key.endsWith('_many') && wanted.has(key.replace(/_many$/u, '_other'));
  expect(Object.keys(ES).filter((key) => !wanted.has(key) && !many(key))).toEqual([]);
});

test('what is said elsewhere stands where it is looked for', () => {
  expect([...heard].filter((key) => !(key in SAID))).toEqual([]);
});

test('no key stands in two parts of the catalog', () => {
  const keys = Object.values(ES_PARTS).flatMap(Object.keys);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('a translation fills the same places as its sentence', () => {
  const differ = Object.entries(ES).filter(([key, text]) => {
    const english = placesOf(withoutEnding(key));
    const places = placesOf(text);
    // one of something may be said without its number
    return key.endsWith('_one')
      ? places.some((place) => !english.includes(place))
      : !/ digit (short|too many)/u.test(key) && places.join() !== english.join();
  });
  expect(differ).toEqual([]);
});

test('English says one of something only where many are said', () => {
  expect(Object.keys(EN).filter((key) => !counted.has(withoutEnding(key)))).toEqual([]);
});

test('nothing is translated while a module loads, because the language may change after', () => {
  expect(early).toEqual([]);
});
