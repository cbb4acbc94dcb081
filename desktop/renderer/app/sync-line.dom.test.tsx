import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { formatClock } from '../lib/format/format-time.ts';
import { contactIdAt } from '../testing/fixture-data.ts';
import { renderApp } from '../testing/render-app.tsx';
import { syncWords } from './sync-words.ts';

const now = new Date(2026, 10, 20, 16, 0).getTime();
const MINUTE = 60_000;
const DAY = 86_400_000;
const clock = (at: number) => formatClock(at);

const sync = (change: Partial<SyncState>): SyncState => ({
  status: 'saved',
  pending: 0,
  refused: 0,
  lastHeardAt: null,
  offlineSince: null,
  firstSync: null,
  dataAt: now,
  oldestWaitingAt: null,
  diskFull: false,
  standstill: null,
  notice: null,
  ...change,
});
const offline = (ageMs: number, change: Partial<SyncState> = {}) =>
  sync({ status: 'offline', offlineSince: now, dataAt: now - ageMs, ...change });

test.each([
  [sync({}), 'saved', 'All changes saved', null],
  [sync({ status: 'waiting', pending: 4 }), 'waiting', '4 changes waiting', null],
  [offline(20 * MINUTE), 'offline', 'Offline', `Data from ${clock(now - 20 * MINUTE)}`],
  [
    offline(20 * MINUTE, { pending: 7 }),
    'offline',
    'Offline · 7 changes waiting',
    `Data from ${clock(now - 20 * MINUTE)}`,
  ],
  [offline(DAY), 'offline', 'Offline', `Data from Thu ${clock(now)}`],
  [offline(3 * DAY), 'offline', 'Offline', `3 days old, from Tue ${clock(now)}`],
  [offline(24 * DAY, { pending: 37 }), 'offline', 'Offline · 37 changes waiting', '3 weeks old, from 27 Oct'],
  [sync({ status: 'offline', dataAt: null }), 'offline', 'Offline', null],
  [
    sync({ status: 'stuck', pending: 4, oldestWaitingAt: now - 12 * MINUTE }),
    'stuck',
    'Stuck · 4 changes',
    `The oldest since ${clock(now - 12 * MINUTE)}`,
  ],
  [sync({ status: 'waiting', pending: 3, refused: 1 }), 'refused', '1 edit refused', '3 changes waiting'],
  [offline(3 * DAY, { refused: 2 }), 'refused', '2 edits refused', `3 days old, from Tue ${clock(now)}`],
  [sync({ status: 'starting' }), 'saved', 'Starting', `Data from ${clock(now)}`],
  [sync({ status: 'starting', firstSync: { rows: 12_400 } }), 'waiting', 'First sync, 12,400 rows', null],
  [sync({ diskFull: true, refused: 1 }), 'refused', 'The disk is full', 'What arrives waits for room'],
])('says where the changes are and how old the data is: %#', (state, name, text, detail) => {
  expect(syncWords(state, { now, expired: false })).toMatchObject({ state: name, text, detail });
});

test('after the server ended the session it says what waits and of when the data is', () => {
  expect(syncWords(offline(3 * DAY, { pending: 2 }), { now, expired: true })).toMatchObject({
    state: 'offline',
    text: 'Signed out · 2 changes waiting',
    detail: `3 days old, from Tue ${clock(now)}`,
  });
});

test('a change shows in the line at once and leads to the outbox', async () => {
  const { bridge, user } = await renderApp('/contacts');
  await screen.findByRole('button', { name: 'All changes saved. Open the outbox' });
  await act(async () => {
    await bridge.call('command', { name: 'contacts.update', input: { id: contactIdAt(0), company: 'Larkspur' } });
  });
  await user.click(await screen.findByRole('button', { name: '1 change waiting. Open the outbox' }));
  expect(await screen.findByRole('heading', { name: 'Outbox' })).toBeTruthy();
});

test('what became of the data on this computer is told until it is dismissed', async () => {
  const { bridge, user } = await renderApp('/contacts', {}, async (fixture) => {
    fixture.state.sync.notice = 'The data on this computer was damaged and is being fetched anew.';
  });
  expect(await screen.findByText(/was damaged and is being fetched anew/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(bridge.calls.some(({ method }) => method === 'sync.dismissNotice')).toBe(true);
  expect(screen.queryByText(/was damaged/)).toBeNull();
});
