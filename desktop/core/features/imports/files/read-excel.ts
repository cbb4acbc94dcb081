import { Readable } from 'node:stream';
import { WorkbookReader, type Row } from '@cj-tech-master/excelts';
import { AppError } from '../../../../../shared/kernel/app-error.ts';
import { sheetsLast } from './sheets-last.ts';
import type { FileHead, FileRow, KeepRows } from './parse-file.ts';

const PAGE = 1_000;

/** The first sheet of a workbook that has rows, never all of it in memory. */
export async function readExcel(bytes: Uint8Array, keep: KeepRows): Promise<FileHead> {
  let headers: string[] | null = null;
  let page: FileRow[] = [];
  try {
    for await (const row of readRows(bytes)) {
      if (headers === null) headers = row.cells.map((cell) => cell.trim());
      else page.push(row);
      if (page.length < PAGE) continue;
      keep(page);
      page = [];
    }
  } catch (error) {
    throw error instanceof AppError ? error : notAWorkbook();
  }
  keep(page);
  return { format: null, encoding: 'Excel', delimiter: '', headers: headers ?? [] };
}

async function* readRows(bytes: Uint8Array): AsyncGenerator<FileRow> {
  const reader = new WorkbookReader(Readable.from(sheetsLast(bytes)), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    // Without them a date is a number.
    styles: 'cache',
    hyperlinks: 'ignore',
  });
  for await (const sheet of reader) {
    let isEmpty = true;
    for await (const row of sheet) {
      const cells = cellsOf(row);
      if (cells.every((cell) => cell.trim() === '')) continue;
      isEmpty = false;
      yield { row: row.number, cells };
    }
    if (!isEmpty) return;
  }
}

function cellsOf(row: Row): string[] {
  const cells: string[] = [];
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    cells[column - 1] = toText(cell.value);
  });
  return Array.from(cells, (cell) => cell ?? '');
}

/** A cell as people see it; of a formula its result, of dates the ISO spelling, of an error nothing. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) {
    const iso = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return '';
  if ('richText' in value) return (value.richText as { text?: unknown }[]).map(({ text }) => toText(text)).join('');
  if ('text' in value) return toText(value.text);
  return 'result' in value ? toText(value.result) : '';
}

const notAWorkbook = (): AppError =>
  new AppError(
    'invalid_input',
    'This is no Excel workbook (.xlsx) that can be read: it is damaged, has a password or is another kind of file. Nothing was imported. Save it as .xlsx or CSV again and drop that file.',
  );
