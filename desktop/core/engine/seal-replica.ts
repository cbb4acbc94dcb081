import { copyFileSync, constants, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../session/write-privately.ts';
import { encryptDatabase, isPlainDatabase, openDatabase } from '../replica/sealed-database.ts';
import { isDamaged, removeReplica } from './carry-over.ts';

/**
 * Encrypts a replica of a version that did not. The encrypted copy is made beside it and takes its place by one rename, so a power
 * cut leaves the old file or the new one, whole and with its outbox. Costs a look at sixteen bytes when there is nothing to do.
 * Nobody may have the file open. Throws with the old file in place, for instance on a full disk.
 */
export function sealReplica(file: string, key: string): void {
  const beside = sealingOf(file);
  removeAll(beside);
  if (!isPlainDatabase(file)) return;
  takeInLog(file);
  try {
    copyFileSync(file, beside, constants.COPYFILE_FICLONE);
    encryptDatabase(beside, key);
    // Proves that what takes the place can be opened.
    const db = openDatabase(beside, key, { readonly: true });
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
    } finally {
      db.close();
    }
  } catch (error) {
    removeAll(beside);
    throw error;
  }
  renameSync(beside, file);
  syncFolder(path.dirname(file));
}

/** Encrypts the plain copies that were put aside beside a replica. One that is damaged is removed: what could be read of it was kept. */
export function sealPutAside(file: string, key: string, onProblem: (where: string, error: unknown) => void): void {
  const dir = path.dirname(file);
  for (const name of readdirSync(dir)) {
    const aside = path.join(dir, name);
    if (!name.endsWith('.sqlite') || aside === file || !isPlainDatabase(aside)) continue;
    try {
      sealReplica(aside, key);
    } catch (error) {
      onProblem('encryption', error);
      if (isDamaged(error)) removeAll(aside);
    }
  }
}

/** What is in the log belongs to the copy. Afterwards there is no log. */
function takeInLog(file: string): void {
  const db = openDatabase(file, null);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

const sealingOf = (file: string): string => file.replace(/\.sqlite$/, '.sealing');

function removeAll(file: string): void {
  removeReplica(file);
  removeReplica(`${file}-journal`);
}
