import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';

const GONE =
  'This import is no longer on this computer: it was queued or discarded. Drop the file again to start over.';

/** Files being prepared, in the profile's folder: they survive a restart. */
export class DraftStore {
  private readonly dir: string;

  constructor(profileDir: string) {
    this.dir = path.join(profileDir, 'imports');
  }

  /** Writes a part where it belongs, so that a part sent twice is there once. */
  receive(id: string | null, fileName: string, offset: number, bytes: Buffer): string {
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    if (id === null) {
      const made: string = newId<'import'>();
      writeFileSync(this.at(made, 'csv'), bytes, { mode: 0o600 });
      writeFileSync(this.at(made, 'name'), fileName, { mode: 0o600 });
      return made;
    }
    if (!existsSync(this.at(id, 'csv'))) throw new AppError('not_found', GONE);
    if (statSync(this.at(id, 'csv')).size < offset)
      throw new AppError('conflict', 'A part of the file is missing. Nothing was imported. Drop the file again.');
    const file = openSync(this.at(id, 'csv'), 'r+');
    try {
      writeSync(file, bytes, 0, bytes.length, offset);
    } finally {
      closeSync(file);
    }
    return id;
  }

  readFile(id: string): { bytes: Buffer; fileName: string } {
    if (!existsSync(this.at(id, 'csv'))) throw new AppError('not_found', GONE);
    return { bytes: readFileSync(this.at(id, 'csv')), fileName: readFileSync(this.at(id, 'name'), 'utf8') };
  }

  findDraft(id: string): ImportDraft | null {
    const file = this.at(id, 'json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ImportDraft) : null;
  }

  getDraft(id: string): ImportDraft {
    const draft = this.findDraft(id);
    if (!draft) throw new AppError('not_found', GONE);
    return draft;
  }

  saveDraft(draft: ImportDraft): void {
    const file = this.at(draft.id, 'json');
    writeFileSync(`${file}.new`, JSON.stringify(draft), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  /** One JSON array of rows per line. */
  saveParts(id: string, parts: readonly unknown[][]): string {
    const file = this.at(id, 'parts');
    writeFileSync(file, parts.map((part) => JSON.stringify(part)).join('\n'), { mode: 0o600 });
    return file;
  }

  discard(id: string): void {
    for (const kind of ['csv', 'json', 'name', 'parts'] as const) rmSync(this.at(id, kind), { force: true });
  }

  private at(id: string, kind: 'csv' | 'json' | 'name' | 'parts'): string {
    // The id becomes a file name, so it may be nothing but an id.
    if (!z.uuid().safeParse(id).success) throw new AppError('invalid_input', 'This is not the id of an import.');
    return path.join(this.dir, `${id}.${kind}`);
  }
}
