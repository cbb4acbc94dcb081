import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../testing/fixture-data.ts';
import { renderApp } from '../testing/render-app.tsx';

const rowOfCursor = async () => {
  await screen.findByText('Rosalind Achterberg');
  return screen.getAllByRole('row').find((row) => row.tabIndex === 0) as HTMLElement;
};

test('a menu opens, is walked and chosen from by keyboard, and gives the focus back', async () => {
  const { user } = await renderApp('/contacts');
  const opener = await screen.findByRole('button', { name: /Maya Okafor/ });
  opener.focus();
  await user.keyboard('{Enter}');
  const dark = await screen.findByRole('menuitemradio', { name: 'Dark' });
  while (document.activeElement !== dark) await user.keyboard('{ArrowDown}');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  await waitFor(() => expect(document.activeElement).toBe(opener));
});

test('a dialog that a key opened holds the focus and gives it back to the row', async () => {
  const { user } = await renderApp('/contacts');
  const row = await rowOfCursor();
  row.focus();
  await user.keyboard('n');
  const dialog = await screen.findByRole('dialog', { name: 'New contact' });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  for (let presses = 0; presses < 12; presses++) {
    await user.keyboard('{Tab}');
    expect(dialog.contains(document.activeElement)).toBe(true);
  }
  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(row));
});

test('deleting asks with the focus on the way out, not on the deletion', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactIdAt(0)}`);
  const more = await within(screen.getByRole('main')).findByRole('button', { name: 'More' });
  more.focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('menuitem', { name: 'Delete contact' });
  await user.keyboard('{ArrowDown}{Enter}');
  const dialog = await screen.findByRole('dialog', { name: /^Delete Rosalind/ });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  expect(document.activeElement).not.toBe(within(dialog).getByRole('button', { name: /^Delete/ }));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.calls.some(({ args }) => (args as { name?: string }).name === 'contacts.delete')).toBe(false);
  await waitFor(() => expect(document.activeElement).toBe(more));
});

test('a deleted contact is offered back, with Z', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactIdAt(0)}`);
  (await within(screen.getByRole('main')).findByRole('button', { name: 'More' })).focus();
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: 'Delete contact' }));
  const dialog = await screen.findByRole('dialog', { name: /^Delete Rosalind/ });
  await user.click(within(dialog).getByRole('button', { name: 'Delete contact' }));
  await screen.findByText(/^Deleted Rosalind/);
  await user.keyboard('z');
  await waitFor(() => expect(bridge.calls.some(({ method }) => method === 'outbox.takeBack')).toBe(true));
});

test('every control of every page has a name', async () => {
  for (const path of [
    '/contacts',
    `/contacts/${contactIdAt(0)}`,
    '/inbox',
    '/outbox',
    '/sync',
    '/merges',
    '/duplicates',
    '/imports',
  ]) {
    const { user } = await renderApp(path);
    await user.keyboard('{Tab}');
    const nameless = ['button', 'link', 'textbox', 'searchbox', 'combobox', 'option']
      .flatMap((role) => screen.queryAllByRole(role))
      .filter((control) => !screen.queryAllByRole(roleOf(control), { name: /\S/u }).includes(control));
    expect(nameless.map((control) => control.outerHTML)).toEqual([]);
    cleanup();
  }
});

const roleOf = (control: HTMLElement): string => {
  const written = control.getAttribute('role');
  if (written) return written;
  if (control.matches('a')) return 'link';
  if (control.matches('option')) return 'option';
  if (control.matches('select')) return 'combobox';
  if (control.matches('input[type="search"]')) return 'searchbox';
  return control.matches('input, textarea') ? 'textbox' : 'button';
};
