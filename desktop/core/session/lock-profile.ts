import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/kernel/app-error.ts';

/**
 * Holds a profile for this process until the answer is called. The lock is the operating system's, so it ends with the
 * process however that ends. A second process is refused.
 */
export function lockProfile(profileDir: string): () => void {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(profileDir, 'profile.lock'), { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    return () => void db.close();
  } catch (error) {
    db.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      throw new AppError(
        'conflict',
        `Switchboard is already running with this profile (${profileDir}). Use that window, or start another profile.`,
      );
    throw error;
  }
}
