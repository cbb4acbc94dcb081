import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { AccountList } from './account-list.ts';

const steps: string[] = [];
vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  const names = new Map<number, string>();
  return {
    ...real,
    openSync: (name: string, flags: string, mode?: number) => {
      const fd = real.openSync(name, flags, mode);
      names.set(fd, path.basename(name));
      return fd;
    },
    fsyncSync: (fd: number) => {
      real.fsyncSync(fd);
      steps.push(`sync ${names.get(fd)}`);
    },
    renameSync: (from: string, to: string) => {
      real.renameSync(from, to);
      steps.push(`rename to ${path.basename(to)}`);
    },
  };
});

test.skipIf(process.platform === 'win32')(
  'what is on the disk before a power cut is the whole list, old or new',
  () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'accounts-'));
    try {
      const list = new AccountList(dataDir, 'first');
      list.change('first', { email: 'ada@example.com' });
      expect(steps).toEqual(['sync accounts.json.new', 'rename to accounts.json', `sync ${path.basename(dataDir)}`]);
      expect(JSON.parse(readFileSync(path.join(dataDir, 'accounts.json'), 'utf8'))).toMatchObject({
        current: 'first',
        accounts: [{ id: 'first', email: 'ada@example.com' }],
      });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
