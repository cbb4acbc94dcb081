import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Where a host keeps the tokens of the signed-in person, as one opaque text. `read` answers null when there is none
 * or when it cannot be decrypted any more: the person signs in again, and nothing of their work is lost.
 */
export interface SecretStore {
  read(): string | null | Promise<string | null>;
  write(secret: string): void | Promise<void>;
  clear(): void | Promise<void>;
}

/** The default of hosts without a keychain: a file that only its owner may read, replaced in one step. */
export const fileSecretStore = (file: string): SecretStore => ({
  read: () => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      // No file means nobody is signed in.
      return null;
    }
  },
  write: (secret) => {
    writeFileSync(`${file}.new`, secret, { mode: 0o600 });
    chmodSync(`${file}.new`, 0o600);
    renameSync(`${file}.new`, file);
  },
  clear: () => rmSync(file, { force: true }),
});
