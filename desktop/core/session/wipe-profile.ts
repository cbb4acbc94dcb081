import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SecretStore } from './secret-store.ts';
import { syncFolder, writePrivately } from './write-privately.ts';

export type WipeParts = { profileDir: string; secrets: SecretStore; vault: SecretStore };

/** The lock is held by whoever wipes. */
const KEPT = new Set(['profile.lock', 'wipe-begun']);
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const;
const markOf = (profileDir: string): string => path.join(profileDir, 'wipe-begun');

/**
 * Destroys all that a profile has on this computer: the key first, so that what is still on disk is noise from then on, then the
 * tokens, then the files. May be repeated; cut off anywhere, `finishWipe` goes on at the next start. Nobody may have the replica open.
 */
export async function wipeProfile(parts: WipeParts): Promise<void> {
  try {
    await destroyKey(parts);
  } finally {
    // A key that is still there opens nothing any more.
    removeProfileFiles(parts.profileDir);
  }
}

/** The first half, at once and whoever still has files open: from here on there is no way back. */
export async function destroyKey({ profileDir, secrets, vault }: WipeParts): Promise<void> {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  try {
    writePrivately(markOf(profileDir), '');
  } catch {
    // On a full disk there is no mark, but the key goes all the same, and the files after it.
  }
  try {
    await vault.clear();
  } finally {
    await secrets.clear();
    syncFolder(profileDir);
  }
}

/** The second half. */
export function removeProfileFiles(profileDir: string): void {
  for (const name of readdirSync(profileDir)) if (!KEPT.has(name)) rmSync(path.join(profileDir, name), REMOVAL);
  syncFolder(profileDir);
  rmSync(markOf(profileDir), { force: true });
}

/** Ends a wipe that was cut off. */
export async function finishWipe(parts: WipeParts): Promise<void> {
  if (existsSync(markOf(parts.profileDir))) await wipeProfile(parts);
}
