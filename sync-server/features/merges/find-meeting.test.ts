import { expect, test } from 'vitest';
import { findMeeting, type Change } from './find-meeting.ts';

let clock = 100;
const change = (byId: string | null, before: object, after: object, isOwn = false): Change => ({
  isOwn,
  byId,
  at: (clock += 1),
  before: { ...before },
  after: { ...after },
});
const own = (before: object, after: object) => change('me', before, after, true);

test('the last value of others counts, with who set it and when', () => {
  const changes = [
    change('eve', { company: 'A' }, { company: 'B' }),
    change('bob', { company: 'B' }, { company: 'C' }),
  ];
  expect(findMeeting({ company: 'Mine' }, changes, [])).toEqual({
    meeting: { kind: 'overwritten', theirs: { company: 'C' }, theirsById: 'bob', theirsAt: clock },
    carriedOn: [],
  });
});

test('one overwritten field makes the whole meeting one of overwriting, with the other fields beside it', () => {
  const changes = [change('eve', { company: 'A', phone: null }, { company: 'B', phone: '+1' })];
  expect(findMeeting({ company: 'Mine', source: 'x' }, changes, []).meeting).toMatchObject({
    kind: 'overwritten',
    theirs: { company: 'B', phone: '+1' },
  });
});

test('what was changed and changed back has not been changed', () => {
  const changes = [
    change('eve', { company: 'A' }, { company: 'B' }),
    change('bob', { company: 'B' }, { company: 'A' }),
  ];
  expect(findMeeting({ company: 'Mine', phone: '+1' }, changes, []).meeting).toBeNull();
});

test('two who set the same value have not met', () => {
  const changes = [change('eve', { attributes: null }, { attributes: { a: 1, b: 2 } })];
  expect(findMeeting({ attributes: { b: 2, a: 1 } }, changes, []).meeting).toBeNull();
});

test('edits of one device from one basis are one meeting, whose own side is carried on', () => {
  const theirs = change('eve', { company: 'A' }, { company: 'B' });
  const told = { id: 'met', theirs: { company: 'B' }, theirsAt: theirs.at, isOpen: true };
  const changes = [theirs, own({ company: 'B' }, { company: 'Mine 1' })];
  expect(findMeeting({ company: 'Mine 2' }, changes, [told])).toEqual({
    meeting: null,
    carriedOn: [{ id: 'met', values: { company: 'Mine 2' } }],
  });
  // A settled one is left as it was settled.
  expect(findMeeting({ company: 'Mine 2' }, changes, [{ ...told, isOpen: false }])).toEqual({
    meeting: null,
    carriedOn: [],
  });
});

test('what was told as merged is not told twice, but is when a later edit overwrites it', () => {
  const theirs = change('eve', { phone: null }, { phone: '+1' });
  const told = { id: 'met', theirs: { phone: '+1' }, theirsAt: theirs.at, isOpen: true };
  const changes = [theirs, own({ company: 'A' }, { company: 'B' })];
  expect(findMeeting({ source: 'x' }, changes, [told]).meeting).toBeNull();
  expect(findMeeting({ phone: '+2' }, changes, [told]).meeting).toMatchObject({
    kind: 'overwritten',
    theirs: { phone: '+1' },
  });
});

test('a change of others after this device’s own edit is a new meeting', () => {
  const first = change('eve', { company: 'A' }, { company: 'B' });
  const told = { id: 'met', theirs: { company: 'B' }, theirsAt: first.at, isOpen: true };
  const changes = [
    first,
    own({ company: 'B' }, { company: 'Mine' }),
    change('bob', { company: 'Mine' }, { company: 'C' }),
  ];
  expect(findMeeting({ company: 'Mine 2' }, changes, [told]).meeting).toMatchObject({
    theirs: { company: 'C' },
    theirsById: 'bob',
  });
});
