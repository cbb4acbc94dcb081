import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/kernel/app-error.ts';

/**
 * Keeps secrets in the database that must be readable again: whoever has only a dump has nothing. AES-256-GCM with a random
 * nonce; `context` says what it is and whose, so that a value cannot be moved elsewhere.
 */
export type Seal = {
  seal: (text: string, context: string) => string;
  /** Throws `unavailable` when it was sealed with another key or for another place. */
  open: (sealed: string, context: string) => string;
  /** The same text gives the same hash, and without the key nobody can try texts. */
  hash: (text: string) => string;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createSeal(key: Uint8Array): Seal {
  const derive = (what: string) => createHmac('sha256', key).update(what).digest();
  const sealing = derive('seal');
  const hashing = derive('hash');
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `s1.${sealed.toString('base64url')}`;
    },
    open(sealed, context) {
      try {
        const bytes = Buffer.from(sealed.replace(/^s1\./, ''), 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES));
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new AppError(
          'unavailable',
          'The server cannot read this secret: it was kept with another key. Ask who runs the server to put SECRETS_KEY (or the file secrets.key) back.',
        );
      }
    },
    hash: (text) => createHmac('sha256', hashing).update(text).digest('hex'),
  };
}

/** The key from the settings, else from a file that only the server's own user may read, made on first use. */
export function readSealKey(given: string | null, dataDir: string): Uint8Array {
  if (given !== null) return Buffer.from(given, 'hex');
  const file = path.join(dataDir, 'secrets.key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process of the same start was first.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}
