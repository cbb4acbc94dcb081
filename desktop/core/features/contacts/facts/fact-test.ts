import { meetsAttribute } from '../../../../../shared/segments/compare-attribute.ts';
import type { SegmentTest } from '../../../../../shared/segments/prepare-rule.ts';
import type { Bits } from './bits.ts';
import { NumberColumn, ValueColumn, type FactColumn } from './fact-column.ts';
import { filledBit, flagBit } from './fact-source.ts';

/** Of whom a condition is true, by the column of its fact. Null where the column cannot say. */
export function whoMeets(test: SegmentTest, column: FactColumn): Bits | null {
  if (column instanceof NumberColumn) {
    if (test.test === 'present') return column.within(-Infinity, Infinity);
    return test.test === 'range' ? column.within(test.min ?? -Infinity, test.max ?? Infinity) : null;
  }
  if (!(column instanceof ValueColumn) || column.isFull) return null;
  return column.where(predicateOf(test));
}

/** A condition on one value of a column, whose kind is known from `factsOf`. */
function predicateOf(test: SegmentTest): (value: unknown) => boolean {
  switch (test.test) {
    case 'present':
      return test.field === 'optedOutAt' || test.field === 'doNotCallAt'
        ? hasBits(flagBit(test.field))
        : (value) => value !== null;
    case 'range': {
      const [min, max] = [test.min ?? -Infinity, test.max ?? Infinity];
      return (value) => typeof value === 'number' && value >= min && value <= max;
    }
    case 'choice': {
      const values = new Set<unknown>(test.values);
      return (value) => values.has(value);
    }
    case 'flag':
      return hasBits(flagBit(test.field));
    case 'filled':
      return hasBits(filledBit(test.field));
    case 'tags':
    case 'groups': {
      const { ids, how } = test;
      return (value) => {
        const has = (id: string) => (value as ReadonlySet<string>).has(id);
        return how === 'all' ? ids.every(has) : ids.some(has);
      };
    }
    case 'attribute':
      return (value) => meetsAttribute(value, test);
    default:
      return () => false;
  }
}

const hasBits = (bits: number) => (value: unknown) => ((value as number) & bits) !== 0;
