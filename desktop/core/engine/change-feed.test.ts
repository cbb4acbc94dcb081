import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeFeed } from './change-feed.ts';

const told: string[][] = [];
let feed: ChangeFeed;
let named: Record<string, string[]> = {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.advanceTimersByTime(10_000);
  told.length = 0;
  feed = new ChangeFeed(({ tables, ids }) => {
    told.push(tables);
    named = ids;
  });
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

const change = (rows: number, ...tables: string[]) => ({ tables, rows, ids: {} });

test('the first change is told at once, a second one within 8 ms, and both tables of one wait together', () => {
  feed.add(change(1, 'contacts'));
  expect(told).toEqual([['contacts']]);
  feed.add(change(1, 'messages'));
  feed.add(change(1, 'conversations'));
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(8);
  expect(told[1]).toEqual(['messages', 'conversations']);
});

test('a flood is told at most ten times a second', () => {
  for (let i = 0; i < 100; i += 1) {
    feed.add(change(1_000, 'contacts'));
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeLessThanOrEqual(11);
  expect(told.length).toBeGreaterThan(5);
});

test("a person's own edit does not wait for a flood", () => {
  feed.add(change(1_000, 'contacts'));
  feed.add(change(1_000, 'contacts'));
  feed.add(change(1, 'notes'), true);
  expect(told.at(-1)).toEqual(['contacts', 'notes']);
});

test('rows are named while they are few, and no longer once one of a table is not known', () => {
  feed.add({ tables: ['contacts'], rows: 1, ids: { contacts: ['a'] } });
  expect(named).toEqual({ contacts: ['a'] });
  feed.add({ tables: ['contacts'], rows: 1, ids: { contacts: ['b'] } });
  feed.add({ tables: ['contacts', 'notes'], rows: 2, ids: { contacts: ['c'], notes: ['n'] } });
  vi.advanceTimersByTime(8);
  expect(named).toEqual({ contacts: ['b', 'c'], notes: ['n'] });
  feed.add({ tables: ['contacts'], rows: 1, ids: { contacts: ['d'] } });
  feed.add({ tables: ['contacts'], rows: 9, ids: {} });
  feed.add({ tables: ['contacts'], rows: 1, ids: { contacts: ['e'] } });
  vi.advanceTimersByTime(8);
  expect(named).toEqual({});
});
