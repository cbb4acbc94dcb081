import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

test('starting with the computer is one entry of the palette, which then offers the opposite', async () => {
  const { user, bridge } = await renderApp('/contacts');
  await screen.findByRole('grid', { name: 'Contacts' });
  await user.keyboard('{Meta>}k{/Meta}{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), 'start when');
  const [act] = await screen.findAllByRole('option', { name: /^Start when I sign in to this computer/ });
  if (act) await user.click(act);
  expect(bridge.state.host.startAtLogin).toBe(true);
});

test('a host that cannot update offers no look for a new version', async () => {
  const { user } = await renderApp('/contacts', {}, async (bridge) => {
    bridge.state.host.can.update = false;
  });
  await screen.findByRole('grid', { name: 'Contacts' });
  await user.keyboard('{Meta>}k{/Meta}{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), 'start when');
  expect((await screen.findAllByRole('option', { name: /^Start when I sign in/ }))[0]).toBeTruthy();
  await user.clear(screen.getByRole('combobox'));
  await user.type(screen.getByRole('combobox'), 'new version');
  expect(screen.queryByRole('option', { name: /new version/ })).toBeNull();
});
