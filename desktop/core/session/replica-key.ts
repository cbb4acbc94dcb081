import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { fileSecretStore, type KeyStore, type SecretStore } from './secret-store.ts';

const KEY = /^[0-9a-f]{64}$/;

/** The key of this profile's files, made on first use. A store that does not keep it is refused before anything depends on it. */
export async function takeReplicaKey(store: SecretStore): Promise<string> {
  const known = await store.read();
  if (known && KEY.test(known)) return known;
  const made = randomBytes(32).toString('hex');
  await store.write(made);
  if ((await store.read()) !== made)
    throw new AppError(
      'unavailable',
      'The key for the data on this computer could not be kept, so nothing was written. Check that your keychain is unlocked and start again.',
    );
  return made;
}

/** Where a host without a keychain keeps the key: beside the data, for its owner alone. */
export const fileKeyStore = (profileDir: string): KeyStore => fileSecretStore(path.join(profileDir, 'replica.key'));

/** What the person should know about it. */
export const tellWhereKeyIs = (store: KeyStore): string =>
  store.keptIn() === 'system'
    ? 'The data on this computer is encrypted; the key is kept by the system for you alone.'
    : 'The data on this computer is encrypted, but this system has no place for keys: the key lies beside it in a file that only you may read. Whoever can read your files can read the data. Turn on disk encryption.';
