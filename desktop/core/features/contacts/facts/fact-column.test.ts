import { expect, test } from 'vitest';
import { bitsFor, countBits, hasBit, invert } from './bits.ts';
import { ValueColumn } from './fact-column.ts';

test('the value that makes a dictionary wider is kept like the others', () => {
  const column = new ValueColumn(70_016, (cell) => (cell === null ? null : Number(cell)));
  for (let rid = 0; rid < 70_000; rid += 1) column.put(rid, rid);
  for (const rid of [0, 65_534, 65_535, 65_536, 69_999]) {
    const bits = column.where((value) => value === rid);
    expect([hasBit(bits, rid), countBits(bits)], String(rid)).toEqual([true, 1]);
  }
  expect(column.countValues(invert(bitsFor(70_016))).find(({ value }) => value === null)?.count).toBe(16);
});
