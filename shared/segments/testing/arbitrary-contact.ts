import * as fc from 'fast-check';
import type { SegmentContact } from '../evaluate-segment.ts';
import { PEOPLE } from './segment-people.ts';

const people = Object.values(PEOPLE);

/** A contact that has each of its fields from one of the people of the case table: the same odd values in any combination. */
export const arbitraryContact: fc.Arbitrary<SegmentContact> = fc.record(
  Object.fromEntries(
    Object.keys(people[0] ?? {}).map((field) => [
      field,
      fc.constantFrom(...people.map((one) => one[field as keyof SegmentContact])),
    ]),
  ),
) as unknown as fc.Arbitrary<SegmentContact>;
