import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const noServer = async (bridge: FixtureBridge) => {
  bridge.state.connection = { serverUrl: null, fixed: false };
};

test('a first start asks for the server, says what answers there, and goes on to signing in', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, noServer);
  await user.type(await screen.findByLabelText('Server address'), 'crm.northwell.example');
  expect(await screen.findByText(/A Switchboard server, version 0\.1\.0/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /^Connect/ }));
  expect(await screen.findByLabelText('Work email')).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'connection.choose')?.args).toEqual({
    address: 'crm.northwell.example',
  });
});

test('an address that is refused says why, and what was typed stays', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, noServer);
  const message = 'Anybody on the way to crm.example could read your password over plain http.';
  bridge.replies.set('connection.choose', { error: { code: 'invalid_input', message } });
  await user.type(await screen.findByLabelText('Server address'), 'http://crm.example{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  expect(screen.getByLabelText<HTMLInputElement>('Server address').value).toBe('http://crm.example');
});

test('a server of this computer needs no address', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, noServer);
  await user.click(await screen.findByRole('button', { name: 'Use a server on this computer' }));
  expect(await screen.findByLabelText('Work email')).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'connection.choose')?.args).toEqual({ local: true });
});

test('an address that nobody could look at says so instead of looking for ever', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, noServer);
  bridge.replies.set('connection.check', { error: { code: 'internal', message: 'The engine is starting again.' } });
  await user.type(await screen.findByLabelText('Server address'), 'crm.northwell.example');
  expect(await screen.findByText('The engine is starting again.')).toBeTruthy();
  expect(screen.queryByText(/Looking who answers/)).toBeNull();
});
