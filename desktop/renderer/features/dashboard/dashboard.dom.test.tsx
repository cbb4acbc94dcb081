import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { renderApp } from '../../testing/render-app.tsx';

const open = (options = {}) => renderApp('/dashboard', { contacts: 40, ...options });
const numberIn = (text: string | null | undefined) => Number(/[\d,]+/u.exec(text ?? '')?.[0].replaceAll(',', ''));

test.each([
  ['contacts', 40],
  ['active customers', 8],
  ['emergencies', 0],
])('the number of %s leads to the list that proves it', async (words, count) => {
  const { user } = await open();
  const link = await screen.findByRole('link', { name: new RegExp(`^[\\d,]+ ?${words}$`, 'u') });
  expect(numberIn(link.textContent)).toBe(count);
  await user.click(link);
  if (count === 0) expect(await screen.findByText(/^Nobody/u)).toBeTruthy();
  else {
    const grid = await screen.findByRole('grid');
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe(String(count + 1)));
  }
});

test('every bar of the statuses is as many contacts as its list, and forgets what was searched for', async () => {
  const { user } = await open();
  const row = within(await screen.findByRole('list', { name: 'By status' })).getByRole('link', { name: /^Won/u });
  expect(row.getAttribute('href')).toBe('#/contacts?leadStatus=among%3Awon');
  expect(row.textContent).toMatch(/^Won8\$/u);
  await user.click(row);
  const grid = await screen.findByRole('grid');
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('9'));
  expect(location.hash).toContain('leadStatus=among%3Awon');
});

test('the stages add up to the board, and the longest bar is the one of most value', async () => {
  await open();
  const list = await screen.findByRole('list', { name: 'Sales' });
  const rows = within(list).getAllByRole('link');
  const cents = rows.map((row) => numberIn(/\$[\d,]+$/u.exec(row.textContent ?? '')?.[0]));
  const total = cents.reduce((sum, one) => sum + one, 0);
  expect(numberIn(screen.getByRole('link', { name: / on the board$/u }).textContent)).toBe(total);
  const widths = [...list.querySelectorAll('i')].map((bar) => parseFloat(bar.style.width));
  expect(Math.max(...widths)).toBe(100);
  expect(widths.indexOf(100)).toBe(cents.indexOf(Math.max(...cents)));
});

test('a change shows at once, without a line too', async () => {
  const { bridge } = await open({ offline: true });
  const customers = () => numberIn(screen.getByRole('link', { name: /active customers$/u }).textContent);
  await screen.findByRole('link', { name: /active customers$/u });
  const before = customers();
  await bridge.call('command', { name: 'contacts.update', input: { id: contactIdAt(0), leadStatus: 'sold' } });
  await waitFor(() => expect(customers()).toBe(before + 1));
});

test('what is being found out is not shown as nothing, and is asked for again', async () => {
  const { bridge } = await open();
  await screen.findByRole('list', { name: 'By status' });
  bridge.replies.set('dashboard.get', { data: null });
  bridge.changed();
  expect(await screen.findByText('Counting your contacts…')).toBeTruthy();
  bridge.replies.delete('dashboard.get');
  expect(await screen.findByRole('list', { name: 'By status' })).toBeTruthy();
});

test('numbers that cannot be read say so, and are asked for again', async () => {
  const { user, bridge } = await renderApp('/dashboard', {}, async (made) => {
    made.replies.set('dashboard.get', { error: { code: 'unavailable', message: 'The data could not be opened.' } });
  });
  expect(await screen.findByText('The data could not be opened.', {}, { timeout: 5_000 })).toBeTruthy();
  bridge.replies.clear();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('list', { name: 'By status' })).toBeTruthy();
});

test('G then A opens it', async () => {
  const { user } = await renderApp('/contacts');
  await screen.findByRole('grid');
  await user.keyboard('ga');
  expect(await screen.findByRole('heading', { name: 'Dashboard', level: 1 })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Dashboard' }).getAttribute('aria-current')).toBe('page');
});
