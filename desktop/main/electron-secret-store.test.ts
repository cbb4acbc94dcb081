import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { electronSecretStore } from './electron-secret-store.ts';

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
