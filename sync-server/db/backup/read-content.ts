import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { backupManifest, type BackupManifest } from './backup-manifest.ts';
import type { CopyInto } from './copy-stream.ts';

const END = Buffer.from('\\.\n');
const END_AFTER_ROWS = Buffer.from('\n\\.\n');

const control = z.union([
  z.object({ manifest: backupManifest }),
  z.object({ table: z.string() }),
  z.object({ end: z.object({ counts: z.array(z.number()) }) }),
]);

export type ContentReader = {
  onManifest: (manifest: BackupManifest) => Promise<void>;
  /** Where the rows of a table go. */
  onTable: (table: string) => Promise<CopyInto>;
  /** How many rows each table had, in the order of the manifest. */
  onEnd: (counts: readonly number[]) => Promise<void>;
};

/** Reads the content of a backup: control lines, and after a `table` line its rows up to the end mark. */
export async function readContent(content: Readable, reader: ContentReader): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let rows: CopyInto | null = null;
  let isEnded = false;
  for await (const chunk of content) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      if (rows) {
        const { taken, isOver, skip } = cutRows(rest);
        if (taken > 0) await rows.write(rest.subarray(0, taken));
        rest = rest.subarray(taken + skip);
        if (!isOver) break;
        await rows.end();
        rows = null;
        continue;
      }
      const end = rest.indexOf(10);
      if (end < 0) break;
      const line = control.parse(JSON.parse(rest.subarray(0, end).toString()));
      rest = rest.subarray(end + 1);
      if ('manifest' in line) await reader.onManifest(line.manifest);
      else if ('table' in line) rows = await reader.onTable(line.table);
      else {
        await reader.onEnd(line.end.counts);
        isEnded = true;
      }
    }
  }
  if (!isEnded)
    throw new AppError('invalid_input', 'This backup ends too early. Nothing was changed. Use another copy of it.');
}

/** How much of `rest`, which begins with a line, is rows, and whether the end mark follows. */
function cutRows(rest: Buffer): { taken: number; isOver: boolean; skip: number } {
  if (rest.subarray(0, END.length).equals(END)) return { taken: 0, isOver: true, skip: END.length };
  const mark = rest.indexOf(END_AFTER_ROWS);
  if (mark >= 0) return { taken: mark + 1, isOver: true, skip: END.length };
  // The last line may be the beginning of the mark.
  return { taken: rest.lastIndexOf(10) + 1, isOver: false, skip: 0 };
}
