import Papa from 'papaparse';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { decodeFile } from './decode-file.ts';

/** A table of text: its header and its rows, each with its number as a spreadsheet counts (the header is row 1). */
export type ParsedFile = {
  encoding: string;
  delimiter: string;
  headers: string[];
  rows: { row: number; cells: string[] }[];
};

const MOST_ROWS = 1_000_000;

export function parseFile(bytes: Uint8Array): ParsedFile {
  const { text, encoding } = decodeFile(bytes);
  // Excel may name the delimiter in a first line of its own.
  const named = /^sep=(.)\r?\n/i.exec(text);
  const { data, meta } = Papa.parse<string[]>(named ? text.slice(named[0].length) : text, {
    delimiter: named?.[1] ?? '',
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  const numbered = data
    .map((cells, i) => ({ row: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()));
  const [head, ...rows] = numbered;
  if (!head || rows.length === 0)
    throw new AppError(
      'invalid_input',
      'There are no contacts in this file: it needs a row of headings and at least one row below it. Nothing was imported.',
    );
  if (rows.length > MOST_ROWS)
    throw new AppError('limit_reached', 'This file has more than a million rows. Split it and import the pieces.');
  return { encoding, delimiter: meta.delimiter, headers: head.cells.map((cell) => cell.trim()), rows };
}
