import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The key of a profile whose host has no keychain. */
export const readProfileKey = (profileDir: string): string =>
  readFileSync(path.join(profileDir, 'replica.key'), 'utf8');

/** The same, found from the replica of somebody in it. */
export const keyOfReplica = (file: string): string => readProfileKey(path.dirname(path.dirname(file)));
