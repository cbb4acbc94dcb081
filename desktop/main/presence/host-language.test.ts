import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HostLanguage } from './host-language.ts';
import { wordsIn, type Words } from './words.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'language-'));
const file = path.join(dir, 'language.json');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the system’s language holds until the page says another, which is remembered for the next start', () => {
  const first = new HostLanguage(file, ['fr-FR', 'es-MX', 'en']);
  expect(first.words.quit).toBe('Salir');
  first.choose('en');
  expect(first.words.quit).toBe('Quit');
  expect(new HostLanguage(file, ['es']).words.quit).toBe('Quit');
  writeFileSync(file, 'not json');
  expect(new HostLanguage(file, ['es']).words.quit).toBe('Salir');
});

test('a language without words of its own is English', () => expect(wordsIn(['de', 'ar-XB']).quit).toBe('Quit'));

test('everything is said in Spanish, for one and for many', () => {
  const said = (words: Words) =>
    Object.values(words).flatMap((word) => (typeof word === 'string' ? [word] : [word(1 as never), word(7 as never)]));
  const [english, spanish] = [said(wordsIn(['en'])), said(wordsIn(['es']))];
  expect(spanish.filter((word) => english.includes(word))).toEqual([]);
});
