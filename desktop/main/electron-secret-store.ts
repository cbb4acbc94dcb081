import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { safeStorage } from 'electron';
import type { SecretStore } from '../core/session/secret-store.ts';

/**
 * Tokens in a file that the system's keychain encrypts. Where the system has none (some Linux desktops) they are written as they
 * are, to a file that only its owner may read. A file that cannot be decrypted any more counts as none: the person signs in again.
 */
export const electronSecretStore = (file: string): SecretStore => ({
  read: () => {
    try {
      const bytes = readFileSync(file);
      return safeStorage.isEncryptionAvailable() ? safeStorage.decryptString(bytes) : bytes.toString('utf8');
    } catch {
      return null;
    }
  },
  write: (secret) => {
    const bytes = safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(secret) : Buffer.from(secret);
    writeFileSync(`${file}.new`, bytes, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  },
  clear: () => rmSync(file, { force: true }),
});
