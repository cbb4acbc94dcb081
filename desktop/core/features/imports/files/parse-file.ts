import { AppError } from '../../../../../shared/kernel/app-error.ts';
import { readCsv } from './read-csv.ts';
import { readExcel } from './read-excel.ts';
import { readVcards } from './read-vcards.ts';

/** A row of a file, with its number as people count: in a table the header is row 1, cards count from 1. */
export type FileRow = { row: number; cells: string[] };
/** Takes the rows of a file, a page at a time, in their order. */
export type KeepRows = (page: FileRow[]) => void;

/** What a file says beside its rows. `format` is what kind of file it is, where that is no question of its headers. */
export type FileHead = { format: string | null; encoding: string; delimiter: string; headers: string[] };
export type ReadFile = (bytes: Uint8Array, keep: KeepRows) => Promise<FileHead> | FileHead;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const CARD = /^\uFEFF?\s*BEGIN:VCARD/i;
const MOST_ROWS = 1_000_000;

/** Reads a file of contacts: a workbook, cards or text with separators. Throws `invalid_input` in words for anything else. */
export async function parseFile(bytes: Uint8Array, keep: KeepRows): Promise<FileHead & { rowCount: number }> {
  let rowCount = 0;
  const counted: KeepRows = (page) => {
    rowCount += page.length;
    if (rowCount > MOST_ROWS)
      throw new AppError('limit_reached', 'This file has more than a million rows. Split it and import the pieces.');
    if (page.length > 0) keep(page);
  };
  const head = await readerOf(bytes)(bytes, counted);
  if (rowCount === 0)
    throw new AppError(
      'invalid_input',
      'There are no contacts in this file: it needs a row of headings and at least one row below it. Nothing was imported.',
    );
  return { ...head, rowCount };
}

function readerOf(bytes: Uint8Array): ReadFile {
  if (ZIP.every((byte, i) => bytes[i] === byte)) return readExcel;
  return CARD.test(Buffer.from(bytes.subarray(0, 200)).toString('utf8')) ? readVcards : readCsv;
}
