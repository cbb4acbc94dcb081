import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { renderApp } from '../../testing/render-app.tsx';

async function chooseSignOut(user: { click: (element: Element) => Promise<void> }) {
  await user.click(await screen.findByRole('button', { name: /Northwell/ }));
  await user.click(await screen.findByRole('menuitem', { name: /Sign out/ }));
}

test('with everything saved signing out asks nothing', async () => {
  const { user } = await renderApp('/contacts');
  await chooseSignOut(user);
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
});

test('with unsent changes it asks whether to keep them', async () => {
  const { user, bridge } = await renderApp('/contacts', { offline: true }, async (fixture) => {
    await fixture.call('command', { name: 'contacts.update', input: { id: contactIdAt(0), company: 'Larkspur' } });
  });
  await chooseSignOut(user);
  await user.click(await screen.findByRole('button', { name: 'Keep and sign out' }));
  expect(await screen.findByText(/1 change from maya@northwell.example is on this computer/)).toBeTruthy();
  expect(bridge.calls.find(({ method }) => method === 'session.signOut')?.args).toEqual({ unsent: 'keep' });
});
