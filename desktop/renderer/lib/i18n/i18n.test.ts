import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { speak } from './i18n.ts';
import { formatLocaleOf, systemLanguage } from './language.ts';
import { pseudoText } from './pseudo.ts';
import { t } from './t.ts';

afterEach(() => speak('en'));

test('the English sentence is its own translation, dots and colons and all', () => {
  expect(t('Nothing is lost: it is kept. Try again.')).toBe('Nothing is lost: it is kept. Try again.');
});

test('numbers among the values are written as the language writes them', () => {
  expect(t('{{count}} rows of {{file}}', { count: 12_400, file: 'a & b' })).toBe('12,400 rows of a & b');
});

test('the language of the system is the first one that is spoken here, else English', () => {
  expect(systemLanguage(['fr-FR', 'es-MX', 'en-US'])).toBe('es');
  expect(systemLanguage(['fr-FR'])).toBe('en');
});

test('dates follow the kind of the language that the system speaks, else its region', () => {
  expect(formatLocaleOf('es', ['en-US', 'es-MX'])).toBe('es-MX');
  expect(formatLocaleOf('es', ['de-DE'])).toBe('es-DE');
  expect(formatLocaleOf('en', [])).toBe('en');
});

test('a check without words of its own speaks the language too', () => {
  const check = z.string().max(3);
  expect(check.safeParse('long').error?.issues[0]?.message).toMatch(/^Too big/u);
  speak('es');
  expect(check.safeParse('long').error?.issues[0]?.message).toMatch(/^Demasiado grande/u);
});

test('strange letters leave placeholders and tags as they are', () => {
  expect(pseudoText('Ask <b>{{name}}</b>')).toBe('⟦ȦȦşķ <b>{{name}}</b>⟧');
});
