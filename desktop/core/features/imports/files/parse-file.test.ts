// @ts-expect-error -- it has no typings
import spectrum from 'csv-spectrum';
import { promisify } from 'node:util';
import { Workbook } from '@cj-tech-master/excelts';
import { expect, test } from 'vitest';
import { parseFile, type FileRow } from './parse-file.ts';

type Case = { name: string; csv: Buffer; json: Buffer };

async function read(bytes: Uint8Array | string) {
  const rows: FileRow[] = [];
  const head = await parseFile(Buffer.from(bytes as string), (page) => void rows.push(...page));
  return { ...head, rows };
}

const CASES = await promisify(spectrum as (done: (error: Error | null, cases: Case[]) => void) => void)();

test.each(CASES.map(({ name, csv, json }) => [name, csv, json] as const))(
  'reads the csv-spectrum case %s',
  async (name, csv, json) => {
    const expected = [JSON.parse(String(json)) as Record<string, string> | Record<string, string>[]].flat();
    const { headers, rows } = await read(csv);
    const trimmed = expected.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, cell]) => [key.trim(), cell])),
    );
    // One case has another number in its CSV than in its JSON.
    if (name === 'location_coordinates') Object.assign(trimmed[0] ?? {}, { 'Contact Phone Number': '2095257564' });
    const named = rows.map(({ cells }) => Object.fromEntries(headers.map((header, i) => [header, cells[i]])));
    expect(named).toEqual(trimmed);
  },
);

test('rows that are cut by a piece of the text are whole', async () => {
  const long = 'x'.repeat(1_000);
  const text = `Name,Note\n${Array.from({ length: 9_000 }, (_, i) => `P${i},"${long}\n${i}"`).join('\n')}\n`;
  const { rows, rowCount } = await read(text);
  expect(rowCount).toBe(9_000);
  expect(rows.every(({ cells, row }, i) => row === i + 2 && cells[0] === `P${i}` && cells[1] === `${long}\n${i}`)).toBe(
    true,
  );
});

async function workbook(fill: (book: Workbook) => void): Promise<Uint8Array> {
  const book = new Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

test('a workbook is read as people see it: dates, results, numbers and shared texts', async () => {
  const bytes = await workbook((book) => {
    book.addWorksheet('empty');
    const sheet = book.addWorksheet('people');
    sheet.addRow(['Name', 'Phone', 'Born', 'Sum', 'Agreed', 'Mail', 'Rich']);
    sheet.addRow([]);
    const row = sheet.addRow(['Ada', 4155550100, new Date(Date.UTC(1990, 0, 31))]);
    row.getCell(4).value = { formula: '1+1', result: 2 };
    row.getCell(5).value = true;
    row.getCell(6).value = { text: 'ada@example.org', hyperlink: 'mailto:ada@example.org' };
    row.getCell(7).value = { richText: [{ text: 'Ki' }, { text: 'ng' }] };
    sheet.getCell('A4').value = 'Bob';
    sheet.getCell('G4').value = 'late';
  });
  const { headers, rows, encoding } = await read(bytes);
  expect(encoding).toBe('Excel');
  expect(headers).toEqual(['Name', 'Phone', 'Born', 'Sum', 'Agreed', 'Mail', 'Rich']);
  expect(rows).toEqual([
    { row: 3, cells: ['Ada', '4155550100', '1990-01-31', '2', 'true', 'ada@example.org', 'King'] },
    { row: 4, cells: ['Bob', '', '', '', '', '', 'late'] },
  ]);
});

test('a damaged workbook is refused in words', async () => {
  const bytes = await workbook((book) => void book.addWorksheet('people').addRow(['Name']));
  await expect(read(bytes.slice(0, bytes.length / 2))).rejects.toThrow(/no Excel workbook/);
});

const CARDS = `BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=
rgen;;;
TEL;CELL:0151 23456789
TEL;WORK;PREF:030 901820
EMAIL;INTERNET:juergen@example.org
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Lovelace;Ada;;;
FN:Ada Lovelace
ORG:Analytical Engines;Research
item1.TEL;type=CELL:+44 20 7946 0018
EMAIL;TYPE=INTERNET:ada@exam
 ple.org
CATEGORIES:VIP,Family
NOTE:One\\nTwo\\, three
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bob Builder
TEL;VALUE=uri;TYPE="voice,home":tel:+1-415-555-0100
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
BEGIN:VCARD
VERSION:4.0
this is nothing
END:VCARD
`;

test.each(['\n', '\r\n'])('cards of versions 2.1, 3.0 and 4.0 are one table (%j)', async (newline) => {
  const { format, headers, rows } = await read(CARDS.replaceAll('\n', newline));
  expect(format).toBe('vCard');
  const people = rows.map(({ row, cells }) => ({
    row,
    ...Object.fromEntries(headers.flatMap((header, i) => (cells[i] ? [[header, cells[i]]] : []))),
  }));
  expect(people).toEqual([
    {
      row: 1,
      'First name': 'Jürgen',
      'Last name': 'Müller',
      Phone: '0151 23456789',
      'Other phones': '030 901820',
      Email: 'juergen@example.org',
    },
    {
      row: 2,
      'First name': 'Ada',
      'Last name': 'Lovelace',
      Company: 'Analytical Engines',
      Phone: '+44 20 7946 0018',
      Email: 'ada@example.org',
      Tags: 'VIP; Family',
      Note: 'One\nTwo, three',
    },
    { row: 3, 'Full name': 'Bob Builder', Phone: '+1-415-555-0100' },
    { row: 4 },
  ]);
});
