import { exhaustive } from '../kernel/exhaustive.ts';
import { foldText } from './fold-text.ts';

/**
 * What a condition asks of an attribute's value. How values of different kinds meet:
 *
 * | the attribute holds | equals, not_equals                        | greater_than …          | contains          | before, after   |
 * |---------------------|-------------------------------------------|-------------------------|-------------------|-----------------|
 * | text                | the same text, folded; if a number is wanted, the same number | if it reads as a number | the text in it    | a date it begins with |
 * | number              | the same number, also if wanted as text   | yes                     | never             | never           |
 * | yes or no           | the same, also if wanted as text `true` | never                   | never             | never           |
 * | a list              | never                                     | never                   | a member equals   | never           |
 * | an object           | never                                     | never                   | never             | never           |
 * | nothing, or null    | never (so `not_equals` always)            | never                   | never             | never           |
 *
 * A text reads as a number when it is digits with perhaps a minus and a decimal point, at most 16 characters: `25`, `-0.5`, not `1e3`,
 * `1,000` or ` 25`. An empty text counts as missing.
 */
export type AttributeTest =
  | ({ how: 'equals' | 'contains' } & Wanted)
  | { how: 'greater_than' | 'less_than' | 'at_least' | 'at_most'; number: number }
  | { how: 'before' | 'after'; date: string }
  | { how: 'exists' };

/** At most so long does a text read as a number: every such number is exact in each database. */
export const MAX_NUMBER_TEXT = 16;
const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** The number a value is, or reads as; null for none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.length <= MAX_NUMBER_TEXT && NUMBER.test(value) ? Number(value) : null;
}

/** `number`: what a number must be. `isNumber`: texts that read as that number are meant too. */
export type Wanted = { text: string; number: number | null; isNumber: boolean };

export const wanted = (value: string | number | boolean): Wanted => ({
  text: foldText(String(value)),
  number: numberOf(value),
  isNumber: typeof value === 'number',
});

/** Whether the value of an attribute (JSON, null for none) is what is asked for. */
export function meetsAttribute(value: unknown, test: AttributeTest): boolean {
  if (value === null) return false;
  switch (test.how) {
    case 'equals':
      return equals(value, test);
    case 'contains':
      return contains(value, test);
    case 'greater_than':
    case 'less_than':
    case 'at_least':
    case 'at_most':
      return compares(numberOf(value), test.how, test.number);
    case 'before':
    case 'after':
      return isDated(value, test.how, test.date);
    case 'exists':
      return value !== '';
    default:
      return exhaustive(test);
  }
}

function equals(value: unknown, { text, number, isNumber }: Wanted): boolean {
  if (typeof value === 'number') return value === number;
  if (typeof value === 'boolean') return String(value) === text;
  return typeof value === 'string' && ((isNumber && numberOf(value) === number) || foldText(value) === text);
}

function contains(value: unknown, test: Wanted): boolean {
  if (typeof value === 'string') return test.text !== '' && foldText(value).includes(test.text);
  return Array.isArray(value) && value.some((member) => equals(member, test));
}

function compares(value: number | null, how: 'greater_than' | 'less_than' | 'at_least' | 'at_most', than: number) {
  if (value === null) return false;
  if (how === 'greater_than') return value > than;
  if (how === 'less_than') return value < than;
  return how === 'at_least' ? value >= than : value <= than;
}

function isDated(value: unknown, how: 'before' | 'after', date: string): boolean {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const day = value.slice(0, 10);
  return how === 'before' ? day < date : day > date;
}
