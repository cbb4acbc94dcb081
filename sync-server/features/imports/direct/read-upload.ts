import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { SentTable } from './take-table.ts';

const MOST_ROWS = 1_000_000;
/** Enough to know what separates the cells. */
const SAMPLE_BYTES = 200_000;

/** A CSV file as a table whose rows are read as they are taken. UTF-8, or UTF-16 with its mark. */
export async function readUpload(file: string): Promise<SentTable> {
  const sample = await readSample(file);
  const { meta } = Papa.parse<string[]>(sample.text, { delimitersToGuess: [',', ';', '\t', '|'], preview: 50 });
  const rows = readRows(file, sample.encoding, meta.delimiter);
  const first = await rows.next();
  if (first.done)
    throw new AppError('invalid_input', 'The file is empty: it needs a row of headings and at least one row below it.');
  return { headers: first.value.cells.map((cell) => cell.trim()), rows };
}

async function readSample(file: string): Promise<{ text: string; encoding: BufferEncoding }> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(file, { end: SAMPLE_BYTES - 1 })) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8';
  const text = bytes.toString(encoding).replace(/^\ufeff/, '');
  if (text.includes('\u0000')) throw new AppError('invalid_input', 'The file is not CSV text. Nothing was imported.');
  return { text, encoding };
}

async function* readRows(file: string, encoding: BufferEncoding, delimiter: string) {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter });
  const source = createReadStream(file, { encoding });
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let row = 0;
  let taken = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (row === 1) cells[0] = (cells[0] ?? '').replace(/^\ufeff/, '');
      if (!cells.some((cell) => cell.trim())) continue;
      taken += 1;
      if (taken > MOST_ROWS + 1)
        throw new AppError('limit_reached', 'This file has more than a million rows. Split it and import the pieces.');
      yield { row, cells };
    }
  } finally {
    source.destroy();
  }
}
