import { expect, test } from 'vitest';
import { isVisible, readVisibility } from './snapshot-visibility.ts';

test('a snapshot contains what had ended when it was taken, and nothing that ran or came later', () => {
  const visibility = readVisibility('100:110:103,105');
  expect([99, 102, 109].map((xid) => isVisible(visibility, xid))).toEqual([true, true, true]);
  expect([103, 105, 110, 200].map((xid) => isVisible(visibility, xid))).toEqual([false, false, false, false]);
});

test('when the 32 bits of transaction numbers begin anew, those before are older and those after newer', () => {
  const before = readVisibility('4294967280:4294967290:');
  expect([4294967279, 5].map((xid) => isVisible(before, xid))).toEqual([true, false]);
  const after = readVisibility('4294967300:4294967310:');
  expect([4294967290, 13, 14].map((xid) => isVisible(after, xid))).toEqual([true, true, false]);
});
