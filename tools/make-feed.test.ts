import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFeed } from './make-feed.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'feed-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function build(version: string, kind = ''): string {
  const from = path.join(dir, `dist-${version}${kind}`);
  mkdirSync(from);
  const name = `Switchboard-${version}${kind}.exe`;
  writeFileSync(path.join(from, name), 'MZ');
  writeFileSync(path.join(from, 'builder-debug.yml'), 'x64: {}\n');
  writeFileSync(
    path.join(from, 'latest.yml'),
    `version: ${version}\nfiles:\n  - url: ${name}\n    size: 2\npath: ${name}\n`,
  );
  return from;
}
const read = (name: string) => readFileSync(path.join(dir, 'feed', name), 'utf8');

test('a share of the apps is offered the new version, and every version can be gone back to', () => {
  makeFeed([build('0.1.0')], path.join(dir, 'feed'), 100);
  makeFeed([build('0.2.0')], path.join(dir, 'feed'), 10);
  expect(read('latest.yml')).toBe(
    'version: 0.2.0\nfiles:\n  - url: Switchboard-0.2.0.exe\n    size: 2\npath: Switchboard-0.2.0.exe\nstagingPercentage: 10\n',
  );
  expect(read('versions/0.1.0/latest.yml')).toBe(
    'version: 0.1.0\nfiles:\n  - url: ../../Switchboard-0.1.0.exe\n    size: 2\npath: ../../Switchboard-0.1.0.exe\n',
  );
  expect(read('Switchboard-0.1.0.exe')).toBe('MZ');
  expect(read('versions/0.2.0/latest.yml')).not.toContain('staging');
});

test('a feed that names what is not there is not made', () => {
  const from = build('0.3.0');
  rmSync(path.join(from, 'Switchboard-0.3.0.exe'));
  expect(() => makeFeed([from], path.join(dir, 'feed'), 100)).toThrow(/not there: Switchboard-0\.3\.0\.exe/);
  expect(() => makeFeed([from], path.join(dir, 'feed'), 101)).toThrow(/from 0 to 100/);
});

test('two builds with one index stand in it side by side', () => {
  makeFeed([build('0.4.0', '-arm64'), build('0.4.0', '-x64')], path.join(dir, 'feed'), 100);
  expect(read('latest.yml')).toBe(
    `version: 0.4.0
files:
  - url: Switchboard-0.4.0-arm64.exe
    size: 2
  - url: Switchboard-0.4.0-x64.exe
    size: 2
path: Switchboard-0.4.0-arm64.exe
`,
  );
});
