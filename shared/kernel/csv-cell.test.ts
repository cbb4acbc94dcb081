import { expect, test } from 'vitest';
import { fromCsvCell, toCsvCell, toCsvLine } from './csv-cell.ts';

test.each([
  ['=1+1', `'=1+1`],
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['@SUM(A1)', `'@SUM(A1)`],
  [`+cmd|' /C calc'!A0`, `'+cmd|' /C calc'!A0`],
  ['-2+3+cmd', `'-2+3+cmd`],
  ['\tTab first', `'\tTab first`],
  ['+1 415 555 0100', '+1 415 555 0100'],
  ['-12.50', '-12.50'],
  ['A, "B"\nC', '"A, ""B""\nC"'],
])('%j is a cell that no spreadsheet runs', (value, cell) => {
  expect(toCsvCell(value)).toBe(cell);
});

test('a line ends as CSV lines end, with nothing for what is not there', () => {
  expect(toCsvLine(['a', null, { b: 1 }, 2, true])).toBe('a,,"{""b"":1}",2,true\r\n');
});

test.each(['=1+1', "'=1+1", "''@x", '+1 415 555 0100', '-cmd', '\tx', 'plain', "'quoted'", "'"])(
  'what was made text comes back as it was: %s',
  (text) => {
    const cell = toCsvCell(text);
    expect(fromCsvCell(cell)).toBe(text);
  },
);
