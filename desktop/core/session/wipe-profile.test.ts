import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileKeyStore } from './replica-key.ts';
import { fileSecretStore } from './secret-store.ts';
import { wipeProfile } from './wipe-profile.ts';

let profileDir: string;
beforeEach(() => {
  profileDir = mkdtempSync(path.join(tmpdir(), 'wipe-'));
  for (const name of ['replica.key', 'session.json', 'profile.json']) writeFileSync(path.join(profileDir, name), 'x');
});
afterEach(() => rmSync(profileDir, { recursive: true, force: true }));

const parts = () => ({
  profileDir,
  vault: fileKeyStore(profileDir),
  secrets: fileSecretStore(path.join(profileDir, 'session.json')),
});

test('a wipe that cannot be noted, on a full disk say, takes everything all the same', async () => {
  mkdirSync(path.join(profileDir, 'wipe-begun.new'));
  await wipeProfile(parts());
  expect(readdirSync(profileDir)).toEqual([]);
});

test('where the key cannot be destroyed, the tokens and the data are, and somebody is told', async () => {
  const vault = {
    ...fileKeyStore(profileDir),
    clear: () => {
      throw new Error('The keychain is locked.');
    },
  };
  await expect(wipeProfile({ ...parts(), vault })).rejects.toThrow('The keychain is locked.');
  expect(readdirSync(profileDir)).toEqual([]);
});
