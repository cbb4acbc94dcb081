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

async function findTask(words: string) {
  const app = await renderApp('/contacts', { team: true });
  await screen.findByText('Rosalind Achterberg');
  await app.user.keyboard('{Control>}k{/Control}');
  await app.user.type(await screen.findByRole('combobox'), words);
  await app.user.click(await screen.findByRole('option', { name: new RegExp(words) }));
  return { ...app, task: (await screen.findByText(words, { selector: '.what' })).closest('li') as HTMLElement };
}

test.each([
  ['Tidy the price list', 'Yours', 'Open'],
  ['Order filters', 'Nobody’s yet', 'Open'],
  ['Ring Larkspur Dental', 'Everybody’s', 'Open'],
  ['Sign the lease', 'Yours', 'Done'],
])(
  'the found task “%s” stands in the list that holds it (%s, %s), chosen and in focus',
  async (words, whose, state) => {
    const { task } = await findTask(words);
    await waitFor(() => expect(document.activeElement).toBe(task));
    expect(task.getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('list', { name: 'Tasks' }).contains(task)).toBe(true);
    expect(screen.getByRole('button', { name: whose, pressed: true })).toBeTruthy();
    expect(screen.getByRole('button', { name: state, pressed: true })).toBeTruthy();
  },
);

test('a found task that is done now stays in sight, apart from the open ones', async () => {
  const { user, task } = await findTask('Tidy the price list');
  await user.click(within(task).getByRole('button', { name: 'Done: Tidy the price list' }));
  const apart = within(await screen.findByRole('list', { name: 'The task you looked for' }));
  expect(apart.getByRole('button', { name: 'Done: Tidy the price list', pressed: true })).toBeTruthy();
});

test('a task that was deleted meanwhile is said to be gone, with the list below', async () => {
  await renderApp('/tasks/0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0aff', { team: true });
  expect(await screen.findByText('The task you looked for was deleted.')).toBeTruthy();
  expect(await screen.findByRole('list', { name: 'Tasks' })).toBeTruthy();
});

test('what was typed into a new task is thrown away only after a question, and a second Enter saves nothing more', async () => {
  const { user, bridge } = await renderApp('/contacts', { team: true });
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('{Alt>}t{/Alt}');
  await user.type(await screen.findByLabelText('What is to be done'), 'Call Ada');
  await user.keyboard('{Escape}');
  const question = within(await screen.findByRole('dialog', { name: 'Throw away what you typed?' }));
  await user.click(question.getByRole('button', { name: 'Cancel' }));
  expect(screen.getByLabelText<HTMLInputElement>('What is to be done').value).toBe('Call Ada');
  const { call } = bridge;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  bridge.call = async (method, args) => {
    const reply = await call(method, args);
    if (method === 'command') await held;
    return reply;
  };
  await user.type(screen.getByLabelText('What is to be done'), '{Enter}{Enter}');
  letGo();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(commands(bridge, 'tasks.create')).toHaveLength(1);
  await user.keyboard('{Alt>}t{/Alt}');
  await screen.findByLabelText('What is to be done');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a task that was changed where it stands has the focus again, and Escape asks before the change is gone', async () => {
  const { user } = await renderApp('/tasks', { team: true });
  await screen.findByText('Tidy the price list');
  await user.click(screen.getByRole('button', { name: 'Change “Tidy the price list”' }));
  await user.type(screen.getByLabelText('What is to be done'), ' today{Escape}');
  const question = within(await screen.findByRole('dialog', { name: 'Throw away what you typed?' }));
  await user.click(question.getByRole('button', { name: 'Throw away' }));
  const row = () => screen.getByText('Tidy the price list').closest('li');
  await waitFor(() => expect(document.activeElement).toBe(row()));
});

test('the next task takes the place of the one that was done by key', async () => {
  const { user, bridge } = await renderApp('/tasks', { team: true });
  const list = within(await screen.findByRole('list', { name: 'Tasks' }));
  const [, second, third] = list.getAllByRole('listitem');
  await user.keyboard('jje');
  await waitFor(() => expect(second?.isConnected).toBe(false));
  await waitFor(() => expect(document.activeElement).toBe(third));
  expect(third?.getAttribute('aria-current')).toBe('true');
  await user.keyboard('e');
  await waitFor(() => expect(commands(bridge, 'tasks.complete')).toHaveLength(2));
});
