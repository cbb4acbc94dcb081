import { createInstance, type FormatterModule } from 'i18next';
import { config } from 'zod';
import { en, es } from 'zod/locales';
import { initReactI18next } from 'react-i18next';
import { EN } from './catalogs/en.ts';
import { ES } from './catalogs/es.ts';
import {
  LANGUAGES,
  directionOf,
  formatLocaleOf,
  systemLanguage,
  type Language,
  type LanguageChoice,
} from './language.ts';
import { numberIn } from '../format/number-in.ts';
import { pseudoText } from './pseudo.ts';

/** Spanish has a form for whole millions; where a text does not need one, that of "other" stands. */
function withEveryPlural(catalog: Readonly<Record<string, string>>): Record<string, string> {
  const filled: Record<string, string> = { ...catalog };
  for (const [key, text] of Object.entries(catalog))
    if (key.endsWith('_other')) filled[key.replace(/_other$/u, '_many')] ??= text;
  return filled;
}

/** Every key of the catalogs in its English words, made strange; without the ending too, for rules of plural that English lacks. */
const pseudoCatalog = (): Record<string, string> =>
  Object.fromEntries(
    [...Object.keys(ES), ...Object.keys(EN)].flatMap((key) => {
      const plain = key.replace(/_[a-z]+$/u, '');
      return [
        [plain, pseudoText(plain)],
        [key, pseudoText(EN[key] ?? plain)],
      ];
    }),
  );

let formatLocale = 'en-US';
const languagesOfSystem = (): readonly string[] => navigator.languages ?? ['en-US'];

/** Every value that is a number is written as a number of the language, without a mark in the sentence. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown) => (typeof value === 'number' ? numberIn(formatLocale, value) : String(value)),
};

export const i18n = createInstance();
void i18n
  .use(initReactI18next)
  .use(formatter)
  .init({
    lng: 'en',
    fallbackLng: 'en',
    load: 'currentOnly',
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    returnNull: false,
    resources: { en: { translation: EN }, es: { translation: withEveryPlural(ES) } },
    interpolation: {
      escapeValue: false,
      alwaysFormat: true,
    },
  });

/** The locale that dates and numbers are written in, such as `es-MX`. */
export const locale = (): string => formatLocale;

/** Writes dates and numbers as this locale does, whatever the words are. */
export const writeIn = (next: string): void => void (formatLocale = next);

export const language = (): Language => i18n.language as Language;

/** Changes language at once, for the page and for everything that is formatted. */
export function speak(choice: LanguageChoice): void {
  const wanted = languagesOfSystem();
  const next = LANGUAGES.find((each) => each === choice) ?? systemLanguage(wanted);
  if ((next === 'en-XA' || next === 'ar-XB') && !i18n.hasResourceBundle(next, 'translation'))
    i18n.addResourceBundle(next, 'translation', pseudoCatalog());
  writeIn(formatLocaleOf(next, wanted));
  if (typeof document !== 'undefined') {
    document.documentElement.lang = next;
    document.documentElement.dir = directionOf(next);
  }
  // what a check of a form says where its rule has no words of its own
  config((next === 'es' ? es : en)());
  if (next !== i18n.language) void i18n.changeLanguage(next);
}

/** The words for a key that no type knows: the catalogs, the texts of others. Everything else goes through `t`. */
export const wordsFor = (key: string, values: object = {}): string =>
  (i18n.t as (key: string, values: object) => string)(key, values);
