import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../testing/fixture-data.ts';
import { renderApp } from '../testing/render-app.tsx';

const openPalette = async () => {
  const app = await renderApp('/contacts');
  await screen.findByText('Rosalind Achterberg');
  await app.user.keyboard('{Control>}k{/Control}');
  return { ...app, palette: within(await screen.findByRole('dialog', { name: 'Search or jump' })) };
};

test('finds people while typing, marks what matched, says where and how fast', async () => {
  const { user, palette } = await openPalette();
  await user.keyboard('rosa');
  const [first] = await palette.findAllByRole('option', { name: /Rosa.*Achter.*berg/ });
  expect(first?.querySelector('mark')?.textContent).toBe('Rosa');
  expect(palette.getAllByText(/40 searched in 2 ms, on this computer/)[0]).toBeTruthy();
});

test('Enter opens the first person', async () => {
  const { user, palette } = await openPalette();
  await user.keyboard('rosalind achter');
  await palette.findAllByRole('option', { name: /Rosa.*Achter.*berg/ });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(0)}`));
});

test('offers the actions of the screen with their keys and runs them', async () => {
  const { user, palette } = await openPalette();
  await user.keyboard('new con');
  await user.click(await palette.findByRole('option', { name: /New contact/ }));
  expect(await screen.findByRole('dialog', { name: 'New contact' })).toBeTruthy();
});

test('G then I goes to the inbox, but not while typing', async () => {
  const { user } = await renderApp('/contacts');
  await user.keyboard('/');
  await user.keyboard('gi');
  expect(location.hash).toBe('#/contacts');
  await user.keyboard('{Escape}{Escape}gi');
  await waitFor(() => expect(location.hash).toBe('#/inbox'));
});

test('? lists the keys of the screen it was pressed on', async () => {
  const { user } = await renderApp('/inbox');
  await screen.findByRole('listbox', { name: 'Conversations' });
  await user.keyboard('?');
  const sheet = within(await screen.findByRole('dialog', { name: 'Keys of this screen' }));
  expect(sheet.getByText('Mark as done')).toBeTruthy();
  expect(sheet.queryByText('Peek at the contact')).toBeNull();
});

test('finds what was written, under its kind and with the place marked', async () => {
  const app = await renderApp('/contacts', { team: true });
  await screen.findByText('Rosalind Achterberg');
  await app.user.keyboard('{Control>}k{/Control}rebate');
  const palette = within(await screen.findByRole('dialog', { name: 'Search or jump' }));
  const text = await palette.findByRole('option', { name: /Rosalind Achterberg.*Does the rebate come off/ });
  expect(text.querySelector('mark')?.textContent).toBe('rebate');
  expect(palette.getByText('Conversations')).toBeTruthy();
  expect(palette.getByRole('option', { name: /Call back about the rebate/ })).toBeTruthy();
});

test('finds settings by name and opens their section', async () => {
  const { user, palette } = await openPalette();
  await user.keyboard('quiet');
  await user.click(await palette.findByRole('option', { name: /Quiet times/ }));
  await waitFor(() => expect(location.hash).toBe('#/settings/notifications'));
});

test('a search that led somewhere is offered again, and can be forgotten', async () => {
  const { user, palette } = await openPalette();
  await user.keyboard('rosalind achter');
  await palette.findAllByRole('option', { name: /Rosa.*Achter.*berg/ });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(0)}`));
  await user.keyboard('{Control>}k{/Control}');
  const again = within(await screen.findByRole('dialog', { name: 'Search or jump' }));
  await user.click(again.getByRole('option', { name: 'rosalind achter' }));
  expect((await again.findAllByRole('option', { name: /Rosa.*Achter.*berg/ })).length).toBeGreaterThan(0);
  await user.clear(again.getByRole('combobox'));
  await user.click(again.getByRole('option', { name: 'Forget these searches' }));
  expect(again.queryByRole('option', { name: 'rosalind achter' })).toBeNull();
});

test('a search that could not look says so, not that there is nobody', async () => {
  const { user, bridge, palette } = await openPalette();
  bridge.replies.set('search.everywhere', { error: { code: 'internal', message: 'The engine is starting again.' } });
  await user.keyboard('rosalind');
  expect((await palette.findByRole('alert')).textContent).toBe('The search could not look now. Type on to try again.');
  expect(palette.queryByText(/Nobody and nothing here/)).toBeNull();
});
