import { chmodSync, closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * Replaces a file in one step with bytes that its owner alone may read, and waits for the disk: a key that a power cut takes away
 * takes everything with it that it opens.
 */
export function writePrivately(file: string, bytes: string | Buffer): void {
  const beside = `${file}.new`;
  const fd = openSync(beside, 'w', 0o600);
  try {
    // One that was left by a crash keeps the mode it had.
    chmodSync(beside, 0o600);
    writeSync(fd, Buffer.from(bytes));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, file);
  syncFolder(path.dirname(file));
}

/** Makes renames in a folder survive a power cut. Windows has no such call and needs none. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
