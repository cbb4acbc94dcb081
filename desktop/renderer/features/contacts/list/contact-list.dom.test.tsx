import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../../testing/fixture-data.ts';
import { renderApp } from '../../../testing/render-app.tsx';

const openList = async (options = {}) => {
  const app = await renderApp('/contacts', options);
  const grid = await screen.findByRole('grid', { name: 'Contacts' });
  const rows = () => within(grid).getAllByRole('row').slice(1);
  const current = () => rows().find((row) => row.getAttribute('aria-current') === 'true');
  return { ...app, grid, rows, current };
};

test('only rows in sight exist, but the grid says how many there are', async () => {
  const { grid, rows } = await openList({ contacts: 2_000 });
  expect(grid.getAttribute('aria-rowcount')).toBe('2001');
  expect(rows().length).toBeLessThan(60);
});

test('the arrows and J and K move the cursor, and where it stands is announced', async () => {
  const { user, current } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('jj{ArrowDown}k');
  await waitFor(() => expect(current()?.getAttribute('aria-rowindex')).toBe('4'));
  expect(screen.getByTestId('announcer').textContent).toBe('3 of 40');
  expect(document.activeElement).toBe(current());
});

test('one row alone is in the tab order: the one under the cursor', async () => {
  const { user, rows, current } = await openList();
  await user.keyboard('j');
  expect(rows().filter((row) => row.tabIndex === 0)).toEqual([current()]);
});

test('End goes to the last of all contacts', async () => {
  const { user } = await openList({ contacts: 2_000 });
  await user.keyboard('{End}');
  await waitFor(() => expect(screen.getByTestId('announcer').textContent).toBe('2,000 of 2,000'));
});

test('Enter opens the contact under the cursor', async () => {
  const { user } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(0)}`));
});

test('Space peeks, J moves list and peek, Esc closes it', async () => {
  const { user } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard(' ');
  const peek = within(await screen.findByRole('complementary', { name: 'Peek' }));
  expect(await peek.findByRole('heading', { name: /Rosalind Achterberg/ })).toBeTruthy();
  await user.keyboard('j');
  expect(await peek.findByText('2 of 40')).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Peek' })).toBeNull());
});

test('/ goes to the search, typing narrows the list, nobody found says how many there are without it', async () => {
  const { user } = await openList();
  await user.keyboard('/');
  await user.keyboard('rosalind');
  await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('3'));
  await user.keyboard('zzz');
  expect(await screen.findByText('Nobody matches “rosalindzzz”')).toBeTruthy();
  expect(screen.getByText(/Without it there are 40\./)).toBeTruthy();
});

test('new contacts do not move the rows: a button takes them in', async () => {
  const { bridge, user, grid } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await act(async () => {
    await bridge.call('command', { name: 'contacts.create', input: { firstName: 'Zora', leadScore: 100 } });
  });
  const pill = await screen.findByRole('button', { name: '1 new' });
  expect(within(grid).queryByText('Zora')).toBeNull();
  await user.click(pill);
  expect(await screen.findByText('Zora')).toBeTruthy();
});

test('a row shows a dashed ring until its change is saved, then a solid one', async () => {
  const { bridge } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await act(async () => {
    await bridge.call('command', { name: 'contacts.update', input: { id: contactIdAt(0), company: 'Larkspur' } });
  });
  expect(await screen.findByRole('img', { name: 'Not sent yet' })).toBeTruthy();
  await waitFor(() => expect(screen.getByText('Larkspur').className).toContain('edited'));
  act(() => bridge.confirmAll());
  expect(await screen.findByRole('img', { name: 'Saved' })).toBeTruthy();
});

test('N asks for a new contact and refuses an empty one in words', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('n');
  await user.click(await screen.findByRole('button', { name: /Create contact/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('at least a name');
  await user.type(screen.getByLabelText('First name'), 'Ada');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(location.hash).toMatch(/#\/contacts\/.+/));
  expect(bridge.calls.findLast(({ method }) => method === 'command')?.args).toEqual({
    name: 'contacts.create',
    input: { firstName: 'Ada' },
  });
});

test('an order the core has forgotten is made anew', async () => {
  const { bridge } = await openList();
  await screen.findByText('Rosalind Achterberg');
  const forgotten = bridge.state.snapshots.length;
  act(() => {
    bridge.replies.set('contacts.window', { error: { code: 'not_found', message: 'This order is gone.' } });
    bridge.changed();
  });
  await waitFor(() =>
    expect(bridge.calls.findLast(({ method }) => method === 'contacts.window')?.args).toMatchObject({ snapshot: null }),
  );
  act(() => {
    bridge.replies.delete('contacts.window');
    bridge.changed();
  });
  expect(await screen.findByText('Rosalind Achterberg')).toBeTruthy();
  expect(bridge.state.snapshots.length).toBeGreaterThanOrEqual(forgotten);
});

test('L opens the tags of the contact under the cursor, Space afterwards only peeks', async () => {
  const { user } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('jl');
  const peek = within(await screen.findByRole('complementary', { name: 'Peek' }));
  expect(await peek.findByText('2 of 40')).toBeTruthy();
  expect(await screen.findByPlaceholderText('Find or make a tag')).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByPlaceholderText('Find or make a tag')).toBeNull());
  await user.click(peek.getByRole('button', { name: 'Close the peek' }));
  await user.click(screen.getByRole('button', { name: 'Peek' }));
  await screen.findByRole('complementary', { name: 'Peek' });
  expect(screen.queryByPlaceholderText('Find or make a tag')).toBeNull();
});

test('Enter right after typing opens who was typed, not who stood there before', async () => {
  const { user } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('/');
  await user.keyboard('anjali{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(4)}`));
});

test('a list that the first sync fills follows it to the end by itself', async () => {
  const { bridge } = await renderApp('/contacts', { contacts: 0 });
  await screen.findByText('No contacts yet');
  const arrive = (firstName: string) =>
    act(async () => {
      await bridge.call('command', { name: 'contacts.create', input: { firstName } });
    });
  bridge.state.sync = { ...bridge.state.sync, firstSync: { rows: 1 } };
  await arrive('Ada');
  expect(await screen.findByText('Ada')).toBeTruthy();
  await arrive('Grace');
  bridge.state.sync = { ...bridge.state.sync, firstSync: null };
  act(() => bridge.confirmAll());
  expect(await screen.findByText('Grace', {}, { timeout: 3_000 })).toBeTruthy();
});

test('a search that found nobody shows who comes to match it', async () => {
  const { user, bridge } = await openList();
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('/');
  await user.keyboard('zeppelin');
  await waitFor(() => expect(screen.queryByText('Rosalind Achterberg')).toBeNull());
  await act(async () => {
    await bridge.call('command', { name: 'contacts.create', input: { firstName: 'Zeppelin', lastName: 'Marsh' } });
  });
  expect(await screen.findByRole('row', { name: /Zeppelin Marsh/ }, { timeout: 3_000 })).toBeTruthy();
});
