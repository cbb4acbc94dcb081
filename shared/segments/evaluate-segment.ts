import { exhaustive } from '../kernel/exhaustive.ts';
import type { Instant } from '../kernel/instant.ts';
import { toSearchText } from '../kernel/search-text.ts';
import { valueAt } from './attribute-path.ts';
import { meetsAttribute } from './compare-attribute.ts';
import { foldPhone, foldText } from './fold-text.ts';
import {
  prepareRule,
  type ChoiceField,
  type FlagColumn,
  type PreparedRule,
  type PresentField,
  type RangeField,
  type SegmentContext,
  type SegmentTest,
} from './prepare-rule.ts';
import type { SegmentRule } from './segment.ts';
import type { NumberField, TextField } from './segment-leaf.ts';

/** What rules look at of a contact, with the names of its tags and the ids of its groups and static segments. */
export type SegmentContact = Readonly<
  Record<TextField | ChoiceField, string | null> &
    Record<NumberField, number | null> &
    Record<Exclude<RangeField | PresentField, NumberField | ChoiceField>, Instant | null> &
    Record<FlagColumn, boolean | null> & {
      attributes: unknown;
      tags: readonly string[];
      groups: readonly string[];
    }
>;

/** Whether a rule means this contact. */
export const evaluateSegment = (rule: SegmentRule, contact: SegmentContact, context: SegmentContext): boolean =>
  meets(prepareRule(rule, context), contact);

/** Whether a prepared rule means this contact: for many contacts in a row. */
export function meets(rule: PreparedRule, contact: SegmentContact): boolean {
  if ('all' in rule) return rule.all.every((part) => meets(part, contact));
  if ('any' in rule) return rule.any.some((part) => meets(part, contact));
  if ('not' in rule) return !meets(rule.not, contact);
  return meetsTest(rule, contact);
}

function meetsTest(test: SegmentTest, contact: SegmentContact): boolean {
  switch (test.test) {
    case 'constant':
      return test.value;
    case 'text':
      return meetsText(test, contact[test.field]);
    case 'filled':
      return (contact[test.field] ?? '') !== '';
    case 'present':
      return contact[test.field] !== null;
    case 'range': {
      const value = contact[test.field];
      return value !== null && value >= (test.min ?? -Infinity) && value <= (test.max ?? Infinity);
    }
    case 'choice': {
      const value = contact[test.field];
      return value !== null && test.values.includes(value);
    }
    case 'flag':
      return contact[test.field] === true;
    case 'tags': {
      const tags = new Set(contact.tags.map(toSearchText));
      return test.how === 'all'
        ? test.names.every((name) => tags.has(name))
        : test.names.some((name) => tags.has(name));
    }
    case 'groups':
      return test.how === 'all'
        ? test.ids.every((id) => contact.groups.includes(id))
        : test.ids.some((id) => contact.groups.includes(id));
    case 'attribute':
      return meetsAttribute(valueAt(contact.attributes, test.keys), test);
    case 'search': {
      const text = searchTextOf(contact);
      return test.words.every((word) => text.includes(word));
    }
    default:
      return exhaustive(test);
  }
}

function meetsText({ field, how, values }: Extract<SegmentTest, { test: 'text' }>, value: string | null): boolean {
  if (value === null) return false;
  const text = field === 'phone' ? foldPhone(value) : foldText(value);
  if (how === 'equal') return values.includes(text);
  return values.some((one) => (how === 'start' ? text.startsWith(one) : text.includes(one)));
}

const searchTextOf = (contact: SegmentContact): string =>
  toSearchText(
    [contact.firstName, contact.lastName, contact.company, contact.email, contact.phone].filter(Boolean).join(' '),
  );
