import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const two = async (bridge: FixtureBridge) => {
  const [first] = bridge.state.accounts;
  if (first) bridge.state.accounts.push({ ...first, id: 'second', tenantName: 'Elsewhere', current: false });
};
const menu = () => screen.findByRole('button', { name: /Maya Okafor/ });

test('another account is one choice away, and one key', async () => {
  const { user, bridge } = await renderApp('/contacts', {}, two);
  await user.click(await menu());
  await user.click(await screen.findByRole('menuitemradio', { name: 'Maya Okafor, Elsewhere' }));
  await waitFor(() => expect(bridge.state.accounts.map(({ current }) => current)).toEqual([false, true]));
  await screen.findByRole('grid', { name: 'Contacts' });
  await user.keyboard('{Control>}1{/Control}');
  await waitFor(() => expect(bridge.state.accounts.map(({ current }) => current)).toEqual([true, false]));
});

test('removing an account with unsent changes needs a second yes', async () => {
  const { user, bridge } = await renderApp('/contacts');
  const error = { code: 'not_allowed_now' as const, message: 'Not yet.', details: { unsent: 3 } };
  bridge.replies.set('accounts.remove', { error });
  await user.click(await menu());
  await user.click(await screen.findByRole('menuitem', { name: 'Remove this account' }));
  await user.click(await screen.findByRole('button', { name: 'Remove' }));
  expect((await screen.findByRole('alert')).textContent).toBe(
    '3 changes of this account are only on this computer and would be gone.',
  );
  bridge.replies.delete('accounts.remove');
  await user.click(screen.getByRole('button', { name: 'Discard and remove' }));
  const removed = bridge.calls.filter(({ method }) => method === 'accounts.remove').map(({ args }) => args);
  expect(removed).toEqual([
    { id: 'default', unsent: 'keep' },
    { id: 'default', unsent: 'discard' },
  ]);
});

test('a new account begins with its server', async () => {
  const { user } = await renderApp('/contacts');
  await user.click(await menu());
  await user.click(await screen.findByRole('menuitem', { name: 'Add an account' }));
  expect(await screen.findByLabelText('Server address')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Back' })).toBeTruthy();
});
