import { existsSync, readFileSync, renameSync } from 'node:fs';
import { safeStorage } from 'electron';
import { shred, type KeyStore } from '../core/session/secret-store.ts';
import { writePrivately } from '../core/session/write-privately.ts';

/** Begins a file that was written where the system had nothing to seal it with, so that it is still known once the system has. */
const UNSEALED = 'unsealed:';

/**
 * A secret in a file that the system's keychain encrypts. Where the system has none (some Linux desktops) it is written as it is, to a
 * file that only its owner may read, and `keptIn` says so. A file that cannot be decrypted any more counts as none; it is kept beside
 * when another takes its place, because a keychain may come back.
 */
export const electronSecretStore = (file: string): KeyStore => ({
  read: () => {
    if (!existsSync(file)) return null;
    return unseal(readFileSync(file));
  },
  write: (secret) => {
    if (existsSync(file) && unseal(readFileSync(file)) === null) renameSync(file, besideOf(file));
    writePrivately(file, hasKeychain() ? safeStorage.encryptString(secret) : `${UNSEALED}${secret}`);
  },
  clear: () => {
    for (const one of [file, `${file}.new`, besideOf(file)]) shred(one);
  },
  keptIn: () => (hasKeychain() ? 'system' : 'file'),
});

const besideOf = (file: string): string => `${file}.unreadable`;

/** `basic_text` encrypts with a password that is in Electron's source: as good as nothing. */
const hasKeychain = (): boolean =>
  safeStorage.isEncryptionAvailable() &&
  (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

function unseal(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  if (text.startsWith(UNSEALED)) return text.slice(UNSEALED.length);
  try {
    return safeStorage.decryptString(bytes);
  } catch {
    return null;
  }
}
