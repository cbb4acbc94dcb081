import { Writable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import type { ExportTable } from './write-file.ts';

/** What a sheet takes, its header included. */
const SHEET_ROWS = 1_048_576;
/** What a cell takes. */
const CELL_CHARACTERS = 32_767;
/** Rows between two looks whether bytes are ready. */
const STRIDE = 500;

/** A workbook with a sheet for each table, piece by piece: rows leave as they come. A table that is longer than a sheet goes on in another. */
export async function* writeExcel(tables: readonly ExportTable[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      ready.push(chunk);
      done();
    },
  });
  const workbook = new WorkbookWriter({
    stream,
    useSharedStrings: false,
    useStyles: false,
    trueStreaming: true,
    // Levels above gain a tenth in size and cost twice the time.
    zip: { compressionOptions: { level: 1 } },
  });
  for (const { name, header, pages } of tables) {
    let number = 1;
    let rows = 0;
    const begin = () => {
      const sheet = workbook.addWorksheet(number === 1 ? name : `${name} ${number}`);
      sheet.addRow(header).commit();
      rows = 1;
      return sheet;
    };
    let sheet = begin();
    for (const page of pages()) {
      for (const cells of page) {
        if (rows === SHEET_ROWS) {
          sheet.commit();
          number += 1;
          sheet = begin();
        }
        sheet.addRow(cells.map(toExcelCell)).commit();
        rows += 1;
        if (rows % STRIDE > 0) continue;
        // oxlint-disable-next-line no-await-in-loop -- compression goes on between the rows
        await new Promise(setImmediate);
        yield* ready.splice(0);
      }
    }
    sheet.commit();
  }
  const finished = workbook.commit();
  await finished;
  yield* ready.splice(0);
}

/** Text stays text: a cell of a workbook is no formula unless it says so. What XML cannot hold is left out. */
function toExcelCell(cell: string | number | null): string | number | undefined {
  // A cell that holds null is written, one that is not there costs nothing.
  if (typeof cell !== 'string') return cell ?? undefined;
  // oxlint-disable-next-line no-control-regex -- exactly those that XML 1.0 forbids
  return cell.slice(0, CELL_CHARACTERS).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
