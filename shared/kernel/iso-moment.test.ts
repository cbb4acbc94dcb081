import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoMoment } from './iso-moment.ts';

test('a moment is written as the platform writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (at) => {
      expect(isoMoment(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 2_000 },
  );
});
