import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createSeal, readSealKey } from './sealed.ts';

const seal = createSeal(Buffer.alloc(32, 1));

test('what is sealed opens again, in its place only and with its key only', () => {
  const sealed = seal.seal('JBSWY3DP', 'second factor of Ada');
  expect(sealed).not.toContain('JBSWY3DP');
  expect(seal.open(sealed, 'second factor of Ada')).toBe('JBSWY3DP');
  expect(() => seal.open(sealed, 'second factor of Bo')).toThrow(/another key/);
  expect(() => createSeal(Buffer.alloc(32, 2)).open(sealed, 'second factor of Ada')).toThrow(/SECRETS_KEY/);
  expect(() => seal.open(`${sealed.slice(0, -2)}AA`, 'second factor of Ada')).toThrow(/another key/);
});

test('the same text is sealed differently each time, and hashed the same', () => {
  expect(seal.seal('a', 'b')).not.toBe(seal.seal('a', 'b'));
  expect(seal.hash('a')).toBe(seal.hash('a'));
  expect(seal.hash('a')).not.toBe(createSeal(Buffer.alloc(32, 2)).hash('a'));
});

test('a key that nobody gave is made once, in a file for its owner alone', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'seal-'));
  const key = readSealKey(null, path.join(dir, 'data'));
  expect(key).toHaveLength(32);
  expect(readSealKey(null, path.join(dir, 'data'))).toEqual(key);
  if (process.platform !== 'win32') expect(statSync(path.join(dir, 'data', 'secrets.key')).mode & 0o777).toBe(0o600);
  expect(readSealKey('ab'.repeat(32), dir)).toEqual(Buffer.from('ab'.repeat(32), 'hex'));
  rmSync(dir, { recursive: true });
});
