import { expect, test } from 'vitest';
import {
  findSkew,
  formatRange,
  OLDEST_READER,
  OLDEST_SERVER,
  OLDEST_WRITER,
  parseRange,
  PROTOCOL_VERSION,
} from './protocol-version.ts';

test('a range survives its header, and what is none counts as unknown', () => {
  expect(parseRange(formatRange({ minimum: 2, current: 11 }))).toEqual({ minimum: 2, current: 11 });
  for (const text of [null, undefined, '', '3', '-3', '1-', '1-2-3', '1 - 2', '1.5-2', 'one-two', '1-99999999'])
    expect([text, parseRange(text)]).toEqual([text, null]);
});

test('an app below the minimum is too old, a server below the oldest the app speaks with is too old, all between agree', () => {
  expect(findSkew({ minimum: 3, current: 5 }, 2, 1)).toBe('app-too-old');
  expect(findSkew({ minimum: 1, current: 2 }, 5, 3)).toBe('server-too-old');
  for (const [version, oldest] of [
    [3, 1],
    [5, 5],
    [7, 4],
  ] as const)
    expect(findSkew({ minimum: 3, current: 5 }, version, oldest)).toBeNull();
});

test('no version is given up before the one that reads, and the newest speaks with itself', () => {
  expect(OLDEST_WRITER).toBeLessThanOrEqual(OLDEST_READER);
  expect(OLDEST_READER).toBeLessThanOrEqual(PROTOCOL_VERSION);
  expect(OLDEST_SERVER).toBeLessThanOrEqual(PROTOCOL_VERSION);
});
