import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Standstill } from '../../../../shared/bridge/bridge-contract.ts';
import type { UpdateState } from '../../../../shared/bridge/host-contract.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const standing =
  (standstill: Standstill, pending = 0) =>
  async (bridge: FixtureBridge) =>
    void Object.assign(bridge.state.sync, { standstill, pending });
const updating = (update: UpdateState) => async (bridge: FixtureBridge) => void (bridge.state.update = update);
const server = { minimum: 2, current: 3 };

test('an app that is too old says that work goes on, and offers the update', async () => {
  const { user, bridge } = await renderApp('/contacts', {}, standing({ why: 'app-too-old', app: 1, server }));
  expect(await screen.findByText('Update Switchboard to go on syncing')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Update Switchboard to sync. Open the outbox' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Update' }));
  expect(bridge.calls.some(({ method }) => method === 'update.check')).toBe(true);
});

test('a host that cannot update offers no button', async () => {
  await renderApp('/contacts', {}, async (bridge) => {
    await standing({ why: 'app-too-old', app: 1, server })(bridge);
    bridge.state.host.can.update = false;
  });
  expect(await screen.findByText('Update Switchboard to go on syncing')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Update' })).toBeNull();
});

test('an older server and a server that takes nothing are told apart, with what waits', async () => {
  await renderApp('/contacts', {}, standing({ why: 'server-too-old', app: 3, server: { minimum: 1, current: 1 } }, 2));
  expect(await screen.findByText('The server is older than this app')).toBeTruthy();
  expect(screen.getByText(/2 changes of yours wait here/)).toBeTruthy();
});

test('the server’s own words are shown where it takes nothing from this device', async () => {
  await renderApp('/contacts', {}, standing({ why: 'not-taken', message: 'These belong to another device.' }, 1));
  expect(await screen.findByText(/These belong to another device\. 1 change of yours waits here/)).toBeTruthy();
});

test('an update that is ready restarts only when asked', async () => {
  const { user, bridge } = await renderApp('/contacts', {}, updating({ status: 'ready', version: '0.2.0' }));
  expect(await screen.findByText('Version 0.2.0 is ready')).toBeTruthy();
  expect(bridge.calls.some(({ method }) => method === 'update.install')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Restart to update' }));
  expect(bridge.calls.filter(({ method }) => method.startsWith('update.')).map(({ method }) => method)).toEqual([
    'update.state',
    'update.hold',
    'update.install',
  ]);
});

test('a failed update says that the old version goes on', async () => {
  const state = { status: 'failed', version: '0.2.0', message: 'The download broke off.' } as const;
  await renderApp('/contacts', {}, updating(state));
  expect(await screen.findByText('The download broke off. This version goes on as before.')).toBeTruthy();
});

test('data that this version cannot open is explained, and an update is one click away', async () => {
  const message = 'The data on this computer was written by a newer version of Switchboard.';
  const { user, bridge } = await renderApp('/contacts', { signedOut: true }, async (fixture) => {
    fixture.replies.set('session.get', { error: { code: 'not_allowed_now', message } });
  });
  expect(await screen.findByText(new RegExp(message))).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: 'Update' }));
  expect(bridge.calls.some(({ method }) => method === 'update.check')).toBe(true);
});
