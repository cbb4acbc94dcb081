import { expect, test } from 'vitest';
import { idFromParts } from './ids.ts';

const [SCOPE, PART] = ['0b9a1f2e-6c1d-4c56-9a53-3f0d0c1b2a3c', 'd08bf94e-30c4-5a8c-ae9b-0d2a7867a15c'];

test('an id in capitals makes the same id as ever, another text does not', () => {
  const id = idFromParts(SCOPE, PART);
  expect(id).toBe('50c1e241-562c-57bb-b6ec-1272f68cfe54');
  expect(idFromParts(SCOPE.toUpperCase(), PART.toUpperCase())).toBe(id);
  expect(idFromParts(SCOPE, 'tag')).not.toBe(idFromParts(SCOPE, 'TAG'));
});
