import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writePrivately } from './write-privately.ts';

/**
 * Where a host keeps a secret as one opaque text: the tokens of the signed-in person, or the key of the replica. `read` answers null
 * when there is none or when it cannot be decrypted any more; a place that cannot be read at all throws. `write` resolves when the
 * secret survives a power cut.
 */
export interface SecretStore {
  read(): string | null | Promise<string | null>;
  write(secret: string): void | Promise<void>;
  /** Leaves nothing from which it could be read. */
  clear(): void | Promise<void>;
}

/** Where the key of the replica is kept. */
export interface KeyStore extends SecretStore {
  /** `system`: sealed by the operating system for this person. `file`: in a file that only its owner may read. */
  keptIn(): 'system' | 'file';
}

/** The default of hosts without a keychain: a file that only its owner may read, replaced in one step. */
export const fileSecretStore = (file: string): KeyStore => ({
  read: () => (existsSync(file) ? readFileSync(file, 'utf8') : null),
  write: (secret) => writePrivately(file, secret),
  clear: () => {
    for (const one of [file, `${file}.new`]) shred(one);
  },
  keptIn: () => 'file',
});

/** Overwrites before it removes. Disks that write elsewhere keep the old bytes for a while all the same. */
export function shred(file: string): void {
  if (!existsSync(file)) return;
  // In place: a file that is emptied first gets other blocks of the disk.
  writeFileSync(file, Buffer.alloc(statSync(file).size), { flag: 'r+', flush: true });
  rmSync(file, { force: true });
}
