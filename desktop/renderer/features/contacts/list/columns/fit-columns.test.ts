import { expect, test } from 'vitest';
import { fitColumns } from './fit-columns.ts';
import { listColumns } from './list-columns.tsx';
import { builtInViews } from './list-view.ts';

const keysAt = (px: number) =>
  fitColumns(listColumns(), builtInViews()[0]?.view.columns ?? [], px).columns.map(({ key }) => key);

test('with room every column of the view stands in its order', () => {
  expect(keysAt(1400)).toEqual(['name', 'score', 'status', 'stage', 'company', 'phone', 'email', 'tags', 'when']);
});

test('where room is short the longest texts go first, and the name never', () => {
  expect(keysAt(900)).not.toContain('email');
  expect(keysAt(700)).toEqual(expect.arrayContaining(['name', 'score', 'stage']));
  expect(keysAt(10)).toEqual(['name']);
});

test('a width that somebody chose is kept, and what is left over goes to who grows', () => {
  const { template } = fitColumns(listColumns(), [{ key: 'name', px: 300 }, { key: 'tags' }], 1000);
  expect(template).toBe('44px 300px minmax(113px, 150fr) 32px');
  expect(fitColumns(listColumns(), [{ key: 'name', px: 300 }, { key: 'score' }], 1000).template).toBe(
    '44px 300px 66px 1fr 32px',
  );
});
