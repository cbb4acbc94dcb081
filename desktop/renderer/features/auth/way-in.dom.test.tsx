import { act, cleanup, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';
import { tokenIn } from './auth-intent.ts';

const CHALLENGE = {
  error: {
    code: 'unauthenticated' as const,
    message: 'A second step is needed.',
    details: { reason: 'second_factor', challenge: 'ch-1' },
  },
};

test('a second factor is asked for after the password, and lets in', async () => {
  const { user, bridge } = await renderApp('/contacts', { signedOut: true });
  bridge.replies.set('session.signIn', CHALLENGE);
  await user.type(await screen.findByLabelText('Work email'), 'maya@northwell.example');
  await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  await user.type(await screen.findByLabelText('Code'), '492817{Enter}');
  expect(await screen.findByRole('grid', { name: 'Contacts' })).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.secondFactor')?.args).toEqual({
    challenge: 'ch-1',
    code: '492817',
  });
});

test('a wrong code is said in words and a recovery code can be used instead', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  bridge.replies.set('session.signIn', CHALLENGE);
  bridge.replies.set('session.secondFactor', {
    error: { code: 'unauthenticated', message: 'This code is not right.' },
  });
  await user.type(await screen.findByLabelText('Work email'), 'maya@northwell.example');
  await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  await user.type(await screen.findByLabelText('Code'), '000000{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('This code is not right.');
  await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
  expect(screen.getByLabelText<HTMLInputElement>('Recovery code').value).toBe('');
});

test('where the team asks for a second factor the way in leads through setting one up, and its codes are shown above what comes', async () => {
  const { user, bridge } = await renderApp('/contacts', { signedOut: true });
  bridge.replies.set('session.signIn', {
    error: {
      code: 'unauthenticated',
      message: 'Your team asks everybody for a second factor.',
      details: { reason: 'second_factor_needed', challenge: 'ch-2' },
    },
  });
  await user.type(await screen.findByLabelText('Work email'), 'maya@northwell.example');
  await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  expect((await screen.findByLabelText('The secret to type')).textContent).toBe('JBSW Y3DP EHPK 3PXP');
  await user.type(screen.getByLabelText('Code the app shows now'), '12{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('Six digits, as your app shows them');
  await user.type(screen.getByLabelText('Code the app shows now'), '3456{Enter}');
  expect(await screen.findByRole('list', { name: 'Recovery codes' })).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.confirmEnrolment')?.args).toEqual({
    challenge: 'ch-2',
    code: '123456',
  });
  await user.click(within(screen.getByRole('dialog')).getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(await screen.findByRole('grid', { name: 'Contacts' })).toBeTruthy();
});

test('asking for a new password says the same for every address', async () => {
  const { user } = await renderApp('/', { signedOut: true });
  await user.type(await screen.findByLabelText('Work email'), 'nobody@northwell.example');
  await user.click(screen.getByRole('button', { name: 'Forgot the password?' }));
  await user.click(screen.getByRole('button', { name: 'Send the mail' }));
  expect((await screen.findByText(/If nobody@northwell.example has an account here/)).textContent).toMatch(/an hour/);
});

test('a link of a mail gives a new password', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  await user.click(await screen.findByRole('button', { name: 'Forgot the password?' }));
  await user.click(screen.getByRole('button', { name: 'I have the link' }));
  await user.type(screen.getByLabelText('Link of the mail'), 'https://crm.northwell.example/reset/abcd-1234_xyz');
  await user.type(screen.getByLabelText('Password'), 'a better horse{Enter}');
  expect(await screen.findByText(/The password is changed/)).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.resetPassword')?.args).toEqual({
    token: 'abcd-1234_xyz',
    newPassword: 'a better horse',
  });
});

test('an invitation that was followed shows what it offers, then takes a name and a password', async () => {
  const { user, bridge } = await renderApp('/contacts', { signedOut: true });
  await screen.findByLabelText('Work email');
  act(() => bridge.publish('host', { kind: 'deep-link', link: { kind: 'join', server: null, code: 'invite-1234' } }));
  expect(await screen.findByText(/Maya Okafor invited you as Manager/)).toBeTruthy();
  await user.type(screen.getByLabelText('Your name'), 'Grace Tan');
  await user.type(screen.getByLabelText('Password'), 'a better horse{Enter}');
  expect(await screen.findByRole('grid', { name: 'Contacts' })).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.acceptInvitation')?.args).toEqual({
    token: 'invite-1234',
    name: 'Grace Tan',
    password: 'a better horse',
  });
});

test('an invitation that works no more says why', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  bridge.replies.set('session.invitation', {
    error: { code: 'not_allowed_now', message: 'This invitation has expired. Ask Maya Okafor for a new one.' },
  });
  await user.click(await screen.findByRole('button', { name: 'I was invited' }));
  await user.type(
    screen.getByLabelText('Link of the invitation'),
    'https://crm.northwell.example/join/abcd1234{Enter}',
  );
  expect((await screen.findByRole('alert')).textContent).toMatch(/has expired/);
});

test('a sign-in link fills in the address', async () => {
  const { bridge } = await renderApp('/', { signedOut: true });
  await screen.findByLabelText('Work email');
  const link = { kind: 'sign-in' as const, server: null, email: 'grace@northwell.example' };
  act(() => bridge.publish('host', { kind: 'deep-link', link }));
  expect(screen.getByLabelText<HTMLInputElement>('Work email').value).toBe('grace@northwell.example');
});

test('a computer that was wiped says so', async () => {
  await renderApp('/', { signedOut: true }, async ({ state }) => {
    state.session = { status: 'signed-out', left: [], wiped: true };
  });
  expect(await screen.findByText('This computer was wiped')).toBeTruthy();
});

test('the secret is found in links of pages and of the app, and nowhere else', () => {
  expect(tokenIn('https://crm.example.com/join/abcd-1234/', 'join')).toBe('abcd-1234');
  expect(tokenIn('switchboard://join?code=abcd-1234', 'join')).toBe('abcd-1234');
  expect(tokenIn('abcd-1234', 'reset')).toBe('abcd-1234');
  expect(tokenIn('https://crm.example.com/reset/abcd-1234', 'join')).toBeNull();
  expect(tokenIn('hello', 'join')).toBeNull();
});

test('whoever is at the wrong server sees which one it is and goes to another, or stays', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  expect(await screen.findByText(/Server: crm\.northwell\.example/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Use another server' }));
  const address = await screen.findByLabelText<HTMLInputElement>('Server address');
  expect(address.value).toBe('https://crm.northwell.example');
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await user.click(await screen.findByRole('button', { name: 'Use another server' }));
  await user.clear(await screen.findByLabelText('Server address'));
  await user.type(screen.getByLabelText('Server address'), 'https://other.example{Enter}');
  expect(await screen.findByText(/Server: other\.example/)).toBeTruthy();
  expect(screen.getByLabelText('Work email')).toBeTruthy();
  expect(bridge.calls.filter(({ method }) => method === 'accounts.add')).toEqual([]);
});

test('with unsent work another server is another account, and a server named at the start stays', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, async ({ state }) => {
    state.session = { status: 'signed-out', left: [{ email: 'maya@northwell.example', pending: 7 }] };
  });
  await user.click(await screen.findByRole('button', { name: 'Use another server' }));
  expect(bridge.calls.filter(({ method }) => method === 'accounts.add')).toHaveLength(1);
  cleanup();
  await renderApp('/', { signedOut: true }, async ({ state }) => void (state.connection.fixed = true));
  expect(await screen.findByText(/Server: crm/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Use another server' })).toBeNull();
});

test('a new account that is not signed in leads back to the one before', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true }, async ({ state }) => {
    const [first] = state.accounts;
    if (first)
      state.accounts = [
        { ...first, current: false },
        { ...first, id: 'new', name: null, current: true },
      ];
  });
  await user.click(await screen.findByRole('button', { name: 'Back to Maya Okafor, Northwell Heating' }));
  expect(bridge.calls.find(({ method }) => method === 'accounts.switch')?.args).toEqual({ id: 'default' });
});

test('an invitation that could not be looked at for want of a server can be looked at again', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  bridge.replies.set('session.invitation', { error: { code: 'unavailable', message: 'The server is out of reach.' } });
  await user.click(await screen.findByRole('button', { name: 'I was invited' }));
  await user.type(screen.getByLabelText('Link of the invitation'), 'abcd-1234{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('The server is out of reach.');
  bridge.replies.delete('session.invitation');
  await user.click(screen.getByRole('button', { name: /^Look at it/ }));
  expect(await screen.findByText(/Maya Okafor invited you as Manager/)).toBeTruthy();
});

test('a link of a mail that works no more says so and leads to another mail, to the same address', async () => {
  const { user, bridge } = await renderApp('/', { signedOut: true });
  const message = 'This link was good for an hour and is over. Ask for a new one.';
  bridge.replies.set('session.resetPassword', { error: { code: 'not_allowed_now', message } });
  await user.click(await screen.findByRole('button', { name: 'Forgot the password?' }));
  await user.type(screen.getByLabelText('Work email'), 'maya@northwell.example{Enter}');
  const onwards = await screen.findByRole('button', { name: 'I have the link' });
  expect(document.activeElement).toBe(onwards);
  await user.click(onwards);
  await user.type(screen.getByLabelText('Link of the mail'), 'abcd-1234_xyz');
  await user.type(screen.getByLabelText('Password'), 'a better horse{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  await user.click(screen.getByRole('button', { name: 'Ask for another link' }));
  expect(screen.getByLabelText<HTMLInputElement>('Work email').value).toBe('maya@northwell.example');
});

test('after a new password the focus is on the way to sign in', async () => {
  const { user } = await renderApp('/', { signedOut: true });
  await user.click(await screen.findByRole('button', { name: 'Forgot the password?' }));
  await user.click(screen.getByRole('button', { name: 'I have the link' }));
  await user.type(screen.getByLabelText('Link of the mail'), 'abcd-1234_xyz');
  await user.type(screen.getByLabelText('Password'), 'a better horse{Enter}');
  const onwards = await screen.findByRole('button', { name: 'Sign in' });
  expect(document.activeElement).toBe(onwards);
});
