import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

test('signing in opens the app', async () => {
  const { user, bridge } = await renderApp('/contacts', { signedOut: true });
  await user.type(await screen.findByLabelText('Work email'), 'maya@northwell.example');
  await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  expect(await screen.findByRole('grid', { name: 'Contacts' })).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.signIn')?.args).toEqual({
    email: 'maya@northwell.example',
    password: 'correct horse',
  });
});

test('a wrong password is said in words and what was typed stays', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  bridge.replies.set('session.signIn', { error: { code: 'unauthenticated', message: 'Email or password is wrong.' } });
  await user.type(await screen.findByLabelText('Work email'), 'maya@northwell.example');
  await user.type(screen.getByLabelText('Password'), 'guess{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('Email or password is wrong.');
  expect(screen.getByLabelText<HTMLInputElement>('Work email').value).toBe('maya@northwell.example');
});

test('a field that is not filled in is named before anybody is asked', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  await user.type(await screen.findByLabelText('Work email'), 'maya{Enter}');
  expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
    'This is not an email address',
    'Enter your password',
  ]);
  expect(bridge.calls.some(({ method }) => method === 'session.signIn')).toBe(false);
});

test('changes left on this computer are named with their author', async () => {
  await renderApp('/', { signedOut: true }, async (bridge) => {
    bridge.state.session = { status: 'signed-out', left: [{ email: 'maya@northwell.example', pending: 7 }] };
  });
  expect(await screen.findByText('7 changes from maya@northwell.example are on this computer')).toBeTruthy();
});

test('a short password is refused at sign-up', async () => {
  const { user } = await renderApp('/', { signedOut: true });
  await user.click(await screen.findByRole('button', { name: 'Start with your team' }));
  await user.type(screen.getByLabelText('Password'), 'short{Enter}');
  expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toContain('Use at least 10 characters');
});

test('somebody who was taken out of the workspace reads what happened and what became of their work', async () => {
  await renderApp('/', { signedOut: true }, async ({ state }) => {
    const removed = { email: 'maya@northwell.example', tenantName: 'Northwell Heating', kept: 2 };
    state.session = { status: 'signed-out', left: [], removed };
  });
  expect(await screen.findByText('maya@northwell.example was taken out of Northwell Heating')).toBeTruthy();
  expect(screen.getByText(/2 changes that had not been sent are kept here/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy();
});

test('where the address is known the password is what is asked for', async () => {
  await renderApp('/', { signedOut: true }, async ({ state }) => {
    state.session = { status: 'signed-out', left: [{ email: 'maya@northwell.example', pending: 7 }] };
  });
  const password = await screen.findByLabelText('Password');
  expect(document.activeElement).toBe(password);
});
