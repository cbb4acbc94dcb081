import { expect, test } from 'vitest';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { trayMenu, trayStatus } from './tray.ts';

const sync: SyncState = {
  status: 'saved',
  pending: 0,
  refused: 0,
  lastHeardAt: 1,
  offlineSince: null,
  firstSync: null,
  dataAt: 1,
  oldestWaitingAt: null,
  diskFull: false,
  standstill: null,
  notice: null,
};

test.each([
  [null, 'Not signed in'],
  [{}, 'All changes saved'],
  [{ status: 'waiting' as const, pending: 1 }, '1 change waits'],
  [{ status: 'offline' as const, pending: 4 }, 'Offline, 4 changes wait'],
  [{ refused: 2, pending: 1 }, '2 edits were refused'],
  [{ standstill: { why: 'not-taken' as const, message: '' } }, 'Sync stands still'],
])('%j reads “%s”', (change, words) => expect(trayStatus(change && { ...sync, ...change })).toBe(words));

test('the menu counts who waits, and hides that when nobody does', () => {
  const done: string[] = [];
  const acts = {
    show: () => void done.push('show'),
    syncNow: () => {},
    setStartAtLogin: (on: boolean) => void done.push(`login ${on}`),
    quit: () => void done.push('quit'),
  };
  const shown = (waiting: number) =>
    trayMenu({ waiting, sync, startsAtLogin: false }, acts)
      .filter(({ visible }) => visible !== false)
      .map(({ label }) => label);
  expect(shown(2)).toContain('2 people wait');
  expect(shown(0).join()).not.toContain('wait,');
  for (const { label, click } of trayMenu({ waiting: 0, sync, startsAtLogin: false }, acts))
    if (label?.startsWith('Quit') || label?.startsWith('Start'))
      click?.({ checked: true } as never, undefined, {} as never);
  expect(done).toEqual(['login true', 'quit']);
});
