import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { contactIdAt } from '../testing/fixture-data.ts';
import { renderApp } from '../testing/render-app.tsx';
import { syncLine } from './sync-line.tsx';

const sync = (change: Partial<SyncState>): SyncState => ({
  status: 'saved',
  pending: 0,
  refused: 0,
  lastHeardAt: null,
  offlineSince: null,
  firstSync: null,
  ...change,
});

test.each([
  [sync({}), 'saved', 'All changes saved'],
  [sync({ status: 'waiting', pending: 4 }), 'waiting', '4 changes waiting'],
  [sync({ status: 'offline' }), 'offline', 'Offline'],
  [sync({ status: 'offline', pending: 7 }), 'offline', 'Offline · 7 changes waiting'],
  [sync({ status: 'stuck', pending: 4 }), 'stuck', 'Stuck · 4 changes'],
  [sync({ status: 'waiting', pending: 3, refused: 1 }), 'refused', '1 edit refused'],
  [sync({ status: 'starting', firstSync: { rows: 12_400 } }), 'waiting', 'First sync, 12,400 rows'],
])('says where the changes are: %#', (state, name, text) => {
  expect(syncLine(state)).toMatchObject({ state: name, text });
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
