import { expect, test } from 'vitest';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { trayMenu, trayStatus } from './tray.ts';
import { wordsIn } from './words.ts';

const EN = wordsIn(['en']);

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
])('%j reads “%s”', (change, words) => expect(trayStatus(change && { ...sync, ...change }, EN)).toBe(words));

test('the menu counts who waits, and hides that when nobody does', () => {
  const done: string[] = [];
  const acts = {
    show: () => void done.push('show'),
    syncNow: () => {},
    setStartAtLogin: (on: boolean) => void done.push(`login ${on}`),
    quit: () => void done.push('quit'),
  };
  const shown = (waiting: number) =>
    trayMenu({ waiting, sync, startsAtLogin: false, words: EN }, acts)
      .filter(({ visible }) => visible !== false)
      .map(({ label }) => label);
  expect(shown(2)).toContain('2 people wait');
  expect(shown(0).join()).not.toContain('wait,');
  for (const { label, click } of trayMenu({ waiting: 0, sync, startsAtLogin: false, words: EN }, acts))
    if (label?.startsWith('Quit') || label?.startsWith('Start'))
      click?.({ checked: true } as never, undefined, {} as never);
  expect(done).toEqual(['login true', 'quit']);
});

test('the menu speaks the language it is given', () => {
  const acts = { show: () => {}, syncNow: () => {}, setStartAtLogin: () => {}, quit: () => {} };
  const seen = { waiting: 1, sync: { ...sync, pending: 2 }, startsAtLogin: false, words: wordsIn(['es']) };
  expect(trayMenu(seen, acts).flatMap(({ label }) => label ?? [])).toEqual([
    'Abrir Switchboard',
    '1 persona espera',
    '2 cambios en espera',
    'Sincronizar ahora',
    'Abrir al iniciar sesión en este equipo',
    'Salir',
  ]);
});
