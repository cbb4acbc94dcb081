import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const commands = (bridge: FixtureBridge, name: string) =>
  bridge.calls
    .filter(({ method, args }) => method === 'command' && (args as { name: string }).name === name)
    .map(({ args }) => (args as { input: Record<string, unknown> }).input);

test('a task is read from words, shown before it is saved, and kept', async () => {
  const { user, bridge } = await renderApp('/contacts', { team: true });
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('{Alt>}t{/Alt}');
  const dialog = within(await screen.findByRole('dialog', { name: 'New task' }));
  await user.type(dialog.getByLabelText('What is to be done'), 'Call Ada tomorrow 9');
  expect(dialog.getByText(/^Due Tomorrow 9:00/)).toBeTruthy();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(commands(bridge, 'tasks.create')).toHaveLength(1));
  const [created] = commands(bridge, 'tasks.create');
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  expect(created).toMatchObject({ title: 'Call Ada', dueAt: tomorrow.setHours(9, 0, 0, 0), allDay: false });
});

test('a task from a conversation is about that person', async () => {
  const { user, bridge } = await renderApp('/inbox', { team: true });
  await screen.findByRole('listbox', { name: 'Conversations' });
  await user.click(await screen.findByRole('button', { name: 'New task from this conversation' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New task' }));
  expect(dialog.getByText(/^About /)).toBeTruthy();
  await user.type(dialog.getByLabelText('What is to be done'), 'Send the quote{Enter}');
  await waitFor(() => expect(commands(bridge, 'tasks.create')).toHaveLength(1));
  const [created] = commands(bridge, 'tasks.create');
  expect(created?.['conversationId']).toBeTruthy();
  expect(created?.['contactId']).toBeTruthy();
});

test('by keyboard alone a task is done, and taken back', async () => {
  const { user, bridge } = await renderApp('/tasks', { team: true });
  await screen.findByText('Send the revised quote');
  await user.keyboard('je');
  await waitFor(() => expect(commands(bridge, 'tasks.complete')).toHaveLength(1));
  expect(screen.queryByText('Send the revised quote')).toBeNull();
  await user.keyboard('z');
  expect(await screen.findByText('Send the revised quote')).toBeTruthy();
});

test('a task is changed where it stands, and what is wrong is said there', async () => {
  const { user, bridge } = await renderApp('/tasks', { team: true });
  await screen.findByText('Tidy the price list');
  await user.click(screen.getByRole('button', { name: 'Change “Tidy the price list”' }));
  const form = within(screen.getByRole('form', { name: 'Change the task' }));
  const title = form.getByLabelText('What is to be done');
  await user.clear(title);
  await user.click(form.getByRole('button', { name: /Save/ }));
  expect(form.getByRole('alert').textContent).toBe('A task needs a title');
  await user.type(title, 'Tidy the whole list{Enter}');
  expect(await screen.findByText('Tidy the whole list')).toBeTruthy();
  expect(commands(bridge, 'tasks.update')[0]).toMatchObject({ title: 'Tidy the whole list', dueAt: null });
});

test('my day has what is late first and says who waits', async () => {
  await renderApp('/day', { team: true });
  const late = within(await screen.findByRole('region', { name: 'Late' }));
  expect(late.getByText('Send the revised quote').closest('li')?.dataset['late']).toBe('true');
  expect(screen.getByRole('link', { name: /4\s*wait for an answer/ }).getAttribute('href')).toMatch(/#\/inbox$/);
  const regions = screen.getAllByRole('region').map((region) => region.getAttribute('aria-label'));
  expect(regions).toEqual(expect.arrayContaining(['Late', 'Today', 'Soon', 'Without a time']));
});

test('who may only read sees tasks and why they cannot change them', async () => {
  await renderApp('/tasks', { team: true, role: 'VIEWER' });
  await screen.findByText('Send the revised quote');
  const button = screen.getByRole('button', { name: 'New task' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(
    /Ask Maya Okafor/,
  );
  expect(screen.queryByRole('button', { name: /^Delete/ })).toBeNull();
});

test('a contact has tabs, each with its key', async () => {
  const { user } = await renderApp(`/contacts/${contactIdAt(1)}`, { team: true });
  await screen.findByRole('heading', { name: 'Desmond Quist' });
  expect(await screen.findByRole('list', { name: 'Open tasks' })).toBeTruthy();
  await user.keyboard('4');
  expect(screen.getByRole('button', { name: 'Notes' }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.queryByRole('region', { name: 'Texts' })).toBeNull();
  await user.keyboard('2');
  expect(screen.getByRole('region', { name: 'Texts' })).toBeTruthy();
});
