import { formatList } from '../format/format-list.ts';
import { SAID } from './catalogs/es.ts';
import { i18n, language, wordsFor } from './i18n.ts';
import { t } from './t.ts';
import { compileTemplate, readTemplate, type Template } from './template.ts';

const TITLE_OF_FIELDS = '{{joinWords}} of {{whose}}';

/** The places that hold words of the same English, not names or numbers that people wrote. */
const HOLDS_WORDS = new Set(['tagWords', 'value', 'who', 'what', 'message', 'have', 'older', 'remedy', 'problem']);

let templates: readonly Template[] | null = null;

/** Those that say most themselves come first, so that a general one never takes what a special one means. */
const allTemplates = (): readonly Template[] =>
  (templates ??= Object.keys(SAID)
    .filter((key) => key.includes('{{'))
    .map(compileTemplate)
    .toSorted((a, b) => b.fixed - a.fixed));

const known = new Map<string, string>();
i18n.on('languageChanged', () => known.clear());
const KNOWN_AT_MOST = 500;

/**
 * What the core or the server said in English, in the language of the reader. Those two speak one language, so that a
 * refusal kept in the outbox can be read in any; here its template is found again. A text nobody knows stays as it is.
 */
export function saidInWords(text: string): string {
  if (language() === 'en' || text === '') return text;
  const before = known.get(text);
  if (before !== undefined) return before;
  const words = translate(text) ?? sentencesOf(text);
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.set(text, words);
  return words;
}

function translate(text: string): string | null {
  if (text in SAID) return wordsFor(text);
  return findTemplate(text, false) ?? findTemplate(text, true);
}

const hasTwoSentences = (value: string): boolean => /[.!?] /u.test(value);

/** A place seldom swallows the end of a sentence (`Dr. Who` does), so that is tried last. */
function findTemplate(text: string, swallowing: boolean): string | null {
  for (const template of allTemplates()) {
    const values = readTemplate(template, text);
    if (!values || Object.values(values).some(hasTwoSentences) !== swallowing) continue;
    const filled = fill(template.key, values);
    if (filled) return wordsFor(template.key, filled);
  }
  return null;
}

/** A refusal may be several sentences of different makers; each is found by itself. */
const sentencesOf = (text: string): string => {
  const sentences = text.split(/(?<=[.!?]) (?=[\p{Lu}“"])/u);
  return sentences.length < 2 ? text : sentences.map((sentence) => translate(sentence) ?? sentence).join(' ');
};

type Values = Record<string, string | number>;

function fill(key: string, values: Record<string, string>): Values | null {
  const filled: Values = {};
  for (const [name, value] of Object.entries(values)) {
    const words = fillPlace(key, name, value);
    if (words === null) return null;
    filled[name] = words;
  }
  const count = Object.values(filled).find((value) => typeof value === 'number');
  return count === undefined ? filled : { count, ...filled };
}

function fillPlace(key: string, name: string, value: string): string | number | null {
  if (name === 'country' && !/^[A-Z]{2}$/u.test(value)) return null;
  if (name === 'joinWords') return joinedAgain(value, key === TITLE_OF_FIELDS);
  if (/^role\d?$/u.test(name)) return roleWord(value);
  if (name === 'word') return value in SAID ? wordsFor(value) : null;
  if (HOLDS_WORDS.has(name)) return saidInWords(value);
  return /^\d{1,3}(,\d{3})*$|^\d{1,15}$/u.test(value) ? Number(value.replaceAll(',', '')) : value;
}

/** `A, B and C` in the way of the language. Fields are words of the catalog, and a list with another word in it is no list of fields. */
function joinedAgain(list: string, areFields: boolean): string | null {
  const words = list.split(/, | and /u);
  if (!areFields) return formatList(words);
  return words.every((word) => word in SAID) ? formatList(words.map((word) => wordsFor(word))) : null;
}

/** A role in a sentence, as the core and the server write it. */
function roleWord(role: string): string {
  const words: Record<string, string> = {
    viewer: t('viewer'),
    agent: t('agent'),
    manager: t('manager'),
    admin: t('admin'),
    owner: t('owner'),
  };
  return words[role.toLowerCase()] ?? role;
}
