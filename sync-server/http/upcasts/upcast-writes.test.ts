import { expect, test } from 'vitest';
import { OLDEST_WRITER, PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';
import { UPCASTS, upcastWrites, type Upcast } from './upcast-writes.ts';

const write = (name: string, input: unknown) => ({ writeId: 'w', madeAt: 7, name, input });
/** Version 2 renamed an operation, version 3 split a field. */
const upcasts: Upcast[] = [
  { from: 1, upcast: ({ name, input }) => ({ name: name === 'people.add' ? 'contacts.create' : name, input }) },
  {
    from: 2,
    upcast: ({ name, input }) => {
      if (name !== 'contacts.create') return { name, input };
      const { fullName, ...rest } = input as { fullName: string };
      const [firstName, lastName] = fullName.split(' ');
      return { name, input: { ...rest, firstName, lastName } };
    },
  },
];
const speaks = { current: 3, oldest: 1, upcasts };

test('a write of an old version becomes what this one means, step by step, and keeps its id and its clock', () => {
  expect(upcastWrites([write('people.add', { fullName: 'Ada Lovelace', phone: '1' })], 1, speaks)).toEqual([
    write('contacts.create', { firstName: 'Ada', lastName: 'Lovelace', phone: '1' }),
  ]);
  expect(upcastWrites([write('contacts.create', { fullName: 'Ada Lovelace' })], 2, speaks)).toEqual([
    write('contacts.create', { firstName: 'Ada', lastName: 'Lovelace' }),
  ]);
});

test('a write of this version is left alone', () => {
  const now = write('contacts.create', { fullName: 'stays' });
  expect(upcastWrites([now], 3, speaks)).toEqual([now]);
});

test('a version before the oldest and one after this server are told which side to update', () => {
  expect(() => upcastWrites([], 0, speaks)).toThrow(/This app is too old.*kept on this computer.*Update Switchboard/);
  expect(() => upcastWrites([], 4, speaks)).toThrow(/The server is older.*kept on this computer/);
});

test('every version that is still taken has its upcast, so that none can be raised without one', () => {
  const needed = Array.from({ length: PROTOCOL_VERSION - OLDEST_WRITER }, (_, i) => OLDEST_WRITER + i);
  expect(UPCASTS.map(({ from }) => from)).toEqual(needed);
});
