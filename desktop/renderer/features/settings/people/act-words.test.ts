import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../../../shared/catalog/operations.ts';
import { actWords } from './act-words.ts';

test('every operation has words for people in the table of roles', () => {
  const words = actWords();
  expect(OPERATIONS.map(({ name }) => name).filter((name) => !(name in words))).toEqual([]);
});
