import type { LeafWords, WordValue, WordVerb } from '../../../../shared/segments/rule-words.ts';
import { formatList } from '../format/format-list.ts';
import { t } from '../i18n/t.ts';
import { fieldLabel } from './rule-fields.ts';

/** A condition as a chip says it: what is looked at and how, in grey, then the value. */
export type LeafSentence = { about: string; value: string };

type Verb = (field: string) => string;

/** The opposite of a verb that has no word of its own is its negation. */
const verbs = (): Record<WordVerb, Verb> => ({
  is: (field) => t('{{field}} is', { field }),
  isNot: (field) => t('{{field}} is not', { field }),
  isAnyOf: (field) => t('{{field}} is', { field }),
  isNoneOf: (field) => t('{{field}} is not', { field }),
  contains: (field) => t('{{field}} contains', { field }),
  doesNotContain: (field) => t('{{field}} does not contain', { field }),
  startsWith: (field) => t('{{field}} begins with', { field }),
  doesNotStartWith: (field) => t('{{field}} does not begin with', { field }),
  below: (field) => t('{{field}} is below', { field }),
  notBelow: (field) => t('{{field}} is not below', { field }),
  atMost: (field) => t('{{field}} is at most', { field }),
  notAtMost: (field) => t('{{field}} is not at most', { field }),
  above: (field) => t('{{field}} is over', { field }),
  notAbove: (field) => t('{{field}} is not over', { field }),
  atLeast: (field) => t('{{field}} is at least', { field }),
  notAtLeast: (field) => t('{{field}} is not at least', { field }),
  between: (field) => t('{{field}} is between', { field }),
  notBetween: (field) => t('{{field}} is not between', { field }),
  from: (field) => t('{{field}} is from', { field }),
  notFrom: (field) => t('{{field}} is not from', { field }),
  upTo: (field) => t('{{field}} is up to', { field }),
  notUpTo: (field) => t('{{field}} is not up to', { field }),
  before: (field) => t('{{field}} is before', { field }),
  notBefore: (field) => t('{{field}} is not before', { field }),
  after: (field) => t('{{field}} is after', { field }),
  notAfter: (field) => t('{{field}} is not after', { field }),
  withinDays: (field) => t('{{field}} is within the last', { field }),
  notWithinDays: (field) => t('{{field}} is not within the last', { field }),
  olderThanDays: (field) => t('{{field}} is longer ago than', { field }),
  notOlderThanDays: (field) => t('{{field}} is not longer ago than', { field }),
  exists: (field) => t('{{field}} is known', { field }),
  missing: (field) => t('{{field}} is missing', { field }),
  hasAny: (field) => t('{{field}} have any of', { field }),
  hasNone: (field) => t('{{field}} have none of', { field }),
  hasAll: (field) => t('{{field}} have all of', { field }),
  lacksSome: (field) => t('{{field}} do not have all of', { field }),
  in: () => t('is in the segment'),
  notIn: () => t('is not in the segment'),
  matches: () => t('is found by'),
  doesNotMatch: () => t('is not found by'),
  given: () => t('agreed to'),
  notGiven: () => t('did not agree to'),
});

/** Conditions that are read as a list where any of the values will do, or where all have to be. */
const JOINED_BY_AND = new Set<WordVerb>(['hasAll', 'lacksSome', 'between', 'notBetween']);

export function leafSentence(words: LeafWords, nameOf: (value: WordValue) => string): LeafSentence {
  const field = words.path ?? fieldLabel(words.field);
  return {
    about: verbs()[words.verb](field),
    value: formatList(words.values.map(nameOf), JOINED_BY_AND.has(words.verb) ? 'and' : 'or'),
  };
}
