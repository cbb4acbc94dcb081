import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { electronSecretStore } from './electron-secret-store.ts';
import { keychain } from './electron.fake.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'secret-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('tokens are sealed by the keychain in a file of their owner alone, and come back', async () => {
  const file = path.join(dir, 'session.bin');
  const store = electronSecretStore(file);
  expect(await store.read()).toBeNull();
  await store.write('refresh-token');
  expect(readFileSync(file, 'utf8')).not.toContain('refresh-token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await store.read()).toBe('refresh-token');
  await store.clear();
  expect(await store.read()).toBeNull();
});

test('a file that cannot be decrypted counts as none', async () => {
  const file = path.join(dir, 'broken.bin');
  writeFileSync(file, '');
  expect((await electronSecretStore(file).read()) ?? '').toBe('');
});

test('without a keychain the file says so, and what is in it is still known when there is one', async () => {
  const store = electronSecretStore(path.join(dir, 'key.bin'));
  keychain.backend = 'basic_text';
  await store.write('the-key');
  expect([store.keptIn(), await store.read()]).toEqual(['file', 'the-key']);
  keychain.backend = 'kwallet6';
  expect([store.keptIn(), await store.read()]).toEqual(['system', 'the-key']);
});

test('a key that cannot be decrypted is kept when another takes its place, and clearing leaves neither', async () => {
  const file = path.join(dir, 'lost.bin');
  writeFileSync(file, 'of another keychain');
  const store = electronSecretStore(file);
  await store.write('new-key');
  expect(await store.read()).toBe('new-key');
  expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe('of another keychain');
  await store.clear();
  expect(readdirSync(dir).filter((name) => name.startsWith('lost'))).toEqual([]);
});
