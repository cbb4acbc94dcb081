import { randomUUID } from 'node:crypto';
import type { Acts } from '../../../../shared/bridge/bridge-contract.ts';
import { fileNameOf, partsOf } from '../../../../shared/exports/export-request.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { createExportSource } from './export-source.ts';
import { writeFile } from './write-file.ts';

type Begin = Acts['contactFiles.begin']['args'];
type Context = { db: ReadConnection; now: () => number; ridsOf: (who: Begin['who']) => Int32Array };
type Running = { pieces: AsyncGenerator<Uint8Array>; progress: { done: number; total: number } };

/** So much is handed over at once, at least. */
const PIECE_BYTES = 512 * 1024;
/** Windows that were closed in the middle tell nobody. */
const MOST_RUNNING = 4;

/** Makes files of contacts, piece by piece as somebody asks for the next one: who stops asking has cancelled. */
export class ExportDesk {
  private readonly running = new Map<string, Running>();

  async answer(method: string, args: never, context: Context): Promise<unknown> {
    switch (method) {
      case 'contactFiles.begin':
        return this.begin(args, context);
      case 'contactFiles.next':
        return this.next(args);
      case 'contactFiles.end':
        return this.end(args);
      default:
        throw new AppError('not_found', `Switchboard cannot do “${method}”.`);
    }
  }

  private begin(
    { who, format, include, object, bom }: Begin,
    { db, now, ridsOf }: Context,
  ): Acts['contactFiles.begin']['result'] {
    const parts = partsOf(format, include);
    if (parts.length === 0)
      throw new AppError(
        'invalid_input',
        'Nothing is chosen for the file. Choose contacts, interactions or transcripts.',
      );
    const rids = ridsOf(who);
    const progress = { done: 0, total: rids.length * parts.length };
    const source = createExportSource(db, rids, { now: now(), onPage: (count) => void (progress.done += count) });
    const pieces = writeFile(source, { format, include, object, bom });
    const id = randomUUID();
    this.running.set(id, { pieces, progress });
    const [oldest] = this.running.keys();
    if (this.running.size > MOST_RUNNING && oldest) void this.end({ id: oldest });
    const day = new Date(now()).toISOString().slice(0, 10);
    return { id, contacts: rids.length, ...fileNameOf(format, parts, day) };
  }

  private async next({ id }: { id: string }): Promise<Acts['contactFiles.next']['result']> {
    const running = this.running.get(id);
    if (!running) throw new AppError('not_found', 'This export is not being made any more. Start it again.');
    const ready: Uint8Array[] = [];
    let bytes = 0;
    let over = false;
    while (bytes < PIECE_BYTES && !over) {
      // oxlint-disable-next-line no-await-in-loop -- one piece after the other
      const { value, done } = await running.pieces.next();
      over = done === true;
      if (!value) continue;
      ready.push(value);
      bytes += value.length;
    }
    if (over) this.running.delete(id);
    const { done, total } = running.progress;
    return { bytes: Buffer.concat(ready).toString('base64'), share: total === 0 ? 1 : done / total, over };
  }

  private async end({ id }: { id: string }): Promise<null> {
    const running = this.running.get(id);
    this.running.delete(id);
    await running?.pieces.return(undefined);
    return null;
  }
}
