import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt, stageIdAt } from '../../../testing/fixture-data.ts';
import { renderApp } from '../../../testing/render-app.tsx';

const open = (index = 0) => renderApp(`/contacts/${contactIdAt(index)}`);
const sent = (bridge: { calls: { method: string; args: unknown }[] }) =>
  bridge.calls.filter(({ method }) => method === 'command').map(({ args }) => args);

test('leaving a field saves it and shows it as not sent yet', async () => {
  const { bridge, user } = await open();
  await user.click(await screen.findByRole('button', { name: /^Company: Larkspur Dental/ }));
  await user.clear(screen.getByRole('textbox', { name: 'Company' }));
  await user.type(screen.getByRole('textbox', { name: 'Company' }), 'Larkspur Dental Care');
  await user.tab();
  const shown = within(await screen.findByRole('button', { name: 'Company: Larkspur Dental Care' }));
  await waitFor(() => expect(shown.getByText('Larkspur Dental Care').className).toContain('edited'));
  expect(sent(bridge)).toEqual([
    { name: 'contacts.update', input: { id: contactIdAt(0), company: 'Larkspur Dental Care' } },
  ]);
});

test('Esc brings back what was there and sends nothing', async () => {
  const { bridge, user } = await open();
  await user.click(await screen.findByRole('button', { name: /^Company:/ }));
  await user.type(screen.getByRole('textbox', { name: 'Company' }), ' and more{Escape}');
  expect(await screen.findByRole('button', { name: 'Company: Larkspur Dental' })).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
  expect(location.hash).toContain(contactIdAt(0));
});

test('a phone number that is too short stays as it was typed, with the reason', async () => {
  const { bridge, user } = await open();
  await user.click(await screen.findByRole('button', { name: /^Phone:/ }));
  const field = screen.getByRole('textbox', { name: 'Phone' });
  await user.clear(field);
  await user.type(field, '555-01{Enter}');
  expect((await screen.findByRole('alert')).textContent).not.toBe('');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone' }).value).toBe('555-01');
  expect(sent(bridge)).toEqual([]);
});

test('a phone number typed the national way is stored as E.164', async () => {
  const { bridge, user } = await open();
  await user.click(await screen.findByRole('button', { name: /^Phone:/ }));
  const field = screen.getByRole('textbox', { name: 'Phone' });
  await user.clear(field);
  await user.type(field, '(503) 555-0199{Enter}');
  expect(await screen.findByRole('button', { name: 'Phone: (503) 555-0199' })).toBeTruthy();
  expect(sent(bridge)).toEqual([{ name: 'contacts.update', input: { id: contactIdAt(0), phone: '+15035550199' } }]);
});

test('what the core refuses is said at the field and the typed text is kept', async () => {
  const { bridge, user } = await open();
  bridge.replies.set('command', { error: { code: 'forbidden', message: 'Only agents may change contacts.' } });
  await user.click(await screen.findByRole('button', { name: /^Company:/ }));
  await user.type(screen.getByRole('textbox', { name: 'Company' }), '!{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('Only agents may change contacts.');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Company' }).value).toBe('Larkspur Dental!');
});

test('L opens the tags: typing finds one, Enter adds it', async () => {
  const { bridge, user } = await open();
  await screen.findByRole('button', { name: /^Company:/ });
  await user.keyboard('l');
  await user.type(await screen.findByPlaceholderText('Find or make a tag'), 'duct');
  expect(await screen.findByRole('option', { name: 'Ducted' })).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('button', { name: 'Remove the tag Ducted' })).toBeTruthy();
  expect(sent(bridge)).toEqual([
    { name: 'contacts.addTags', input: { contactIds: [contactIdAt(0)], tags: ['Ducted'] } },
  ]);
});

test('a tag nobody has used yet is made from what was typed', async () => {
  const { user } = await open();
  await screen.findByRole('button', { name: /^Company:/ });
  await user.keyboard('l');
  await user.type(await screen.findByPlaceholderText('Find or make a tag'), 'Geothermal');
  await user.click(await screen.findByRole('option', { name: 'Make “Geothermal”' }));
  expect(await screen.findByRole('button', { name: 'Remove the tag Geothermal' })).toBeTruthy();
});

test('a removed tag comes back with Z', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Remove the tag Heat pump' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove the tag Heat pump' })).toBeNull());
  await screen.findByText('Removed the tag Heat pump');
  await user.keyboard('z');
  expect(await screen.findByRole('button', { name: 'Remove the tag Heat pump' })).toBeTruthy();
});

test('a note is saved with Ctrl and Enter and stands there at once', async () => {
  const { user } = await open();
  await user.type(await screen.findByRole('textbox', { name: 'Write a note' }), 'Prefers mornings');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByText('Prefers mornings', { selector: 'article' })).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a note' }).value).toBe('');
});

test('J goes to the next contact of the list, Esc back to it', async () => {
  const { user } = await open();
  expect(await screen.findByText('1 of 40')).toBeTruthy();
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next contact' }).disabled).toBe(false),
  );
  await user.keyboard('j');
  expect(await screen.findByText('2 of 40')).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(await screen.findByRole('grid', { name: 'Contacts' })).toBeTruthy();
});

test('Enter before the tags were found adds what was typed, never one that stood there before', async () => {
  const { bridge, user } = await open();
  await screen.findByRole('button', { name: /^Company:/ });
  await user.keyboard('l');
  await screen.findByRole('option', { name: 'Ducted' });
  await user.click(screen.getByPlaceholderText('Find or make a tag'));
  await user.paste('Geothermal');
  await user.keyboard('{Enter}');
  await waitFor(() =>
    expect(sent(bridge)).toEqual([
      { name: 'contacts.addTags', input: { contactIds: [contactIdAt(0)], tags: ['Geothermal'] } },
    ]),
  );
});

test('A gives the contact an owner and S moves it to a stage, by their names', async () => {
  const { bridge, user } = await open();
  await screen.findByRole('button', { name: /^Stage: New lead/ });
  await user.keyboard('s');
  await user.click(await screen.findByRole('menuitemradio', { name: 'Quote sent' }));
  await user.keyboard('a');
  await user.click(await screen.findByRole('menuitemradio', { name: 'Nobody' }));
  await waitFor(() =>
    expect(sent(bridge)).toMatchObject([
      { name: 'contacts.moveToStage', input: { contactIds: [contactIdAt(0)], stageId: stageIdAt(3) } },
      { name: 'contacts.update', input: { id: contactIdAt(0), ownerId: null } },
    ]),
  );
});

test('a note and a text that were not sent wait through other tabs and contacts, and go with whoever wrote them', async () => {
  const { bridge, user } = await open();
  const note = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a note' });
  const text = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: /^Text to/ });
  await user.type(await note(), 'Asked about the ducts');
  await user.type(await text(), 'Dear Rosalind');
  await user.click(screen.getByRole('button', { name: 'Activity' }));
  await user.click(screen.getByRole('button', { name: 'Next contact' }));
  await user.click(screen.getByRole('button', { name: 'Overview' }));
  await waitFor(async () => expect((await note()).value).toBe(''));
  await user.click(screen.getByRole('button', { name: 'Previous contact' }));
  await waitFor(async () => expect((await note()).value).toBe('Asked about the ducts'));
  expect((await text()).value).toBe('Dear Rosalind');
  const { session } = bridge.state;
  const become = (next: typeof session) => act(() => bridge.publish('session', (bridge.state.session = next)));
  become({ status: 'signed-out', left: [] });
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Write a note' })).toBeNull());
  become(session);
  await waitFor(async () => expect((await note()).value).toBe(''));
});

test('a note and a text are sent once, however often the keys are pressed', async () => {
  const { bridge, user } = await open();
  const note = await screen.findByRole('textbox', { name: 'Write a note' });
  await user.type(note, 'Prefers mornings');
  fireEvent.keyDown(note, { key: 'Enter', ctrlKey: true });
  fireEvent.keyDown(note, { key: 'Enter', ctrlKey: true });
  const text = await screen.findByRole('textbox', { name: /^Text to/ });
  await user.type(text, 'Hello');
  fireEvent.keyDown(text, { key: 'Enter', ctrlKey: true });
  fireEvent.keyDown(text, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(text).toHaveProperty('value', ''));
  expect(sent(bridge)).toMatchObject([{ name: 'notes.add' }, { name: 'messages.send' }]);
});

test('a pasted page that is too long for a note stays whole, with how much is too much', async () => {
  const { user, bridge } = await open();
  const note = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a note' });
  fireEvent.change(note, { target: { value: 'x'.repeat(20_005) } });
  expect(await screen.findByText('5 characters too many; a note has at most 20,000')).toBeTruthy();
  expect(note.value).toHaveLength(20_005);
  await user.click(screen.getByRole('button', { name: /^Save note/ }));
  expect(sent(bridge)).toEqual([]);
});

test('notes that cannot be read are not said to be none', async () => {
  await renderApp(`/contacts/${contactIdAt(0)}`, {}, async ({ replies }) => {
    replies.set('contacts.notes', { error: { code: 'internal', message: 'The engine is starting again.' } });
  });
  expect(await screen.findByText('The engine is starting again.', undefined, { timeout: 10_000 })).toBeTruthy();
  expect(screen.queryByText('Nobody has written anything down yet.')).toBeNull();
});

test('a deleted contact can be brought back, and it is said so', async () => {
  const { bridge, user } = await open();
  await user.click(await within(screen.getByRole('main')).findByRole('button', { name: 'More' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete contact' }));
  expect(await screen.findByText(/It can be brought back for 30 days\./)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Delete contact' }));
  await screen.findByText('Deleted Rosalind Achterberg');
  expect(bridge.state.tables.of('contacts').has(contactIdAt(0))).toBe(false);
  await user.keyboard('z');
  await waitFor(() => expect(bridge.state.tables.of('contacts').has(contactIdAt(0))).toBe(true));
  expect(await screen.findByText('Rosalind Achterberg')).toBeTruthy();
});

test('a status is called as the workspace calls it by now', async () => {
  const { bridge } = await open();
  expect(await screen.findByRole('button', { name: 'Status: New' })).toBeTruthy();
  const [row] = bridge.state.tables
    .rows('workspace_items')
    .filter(({ kind, body }) => kind === 'lead_status' && (body as { key: string }).key === 'new');
  bridge.state.tables.of('workspace_items').set(String(row?.id), {
    ...row,
    id: String(row?.id),
    body: { ...(row?.['body'] as object), name: 'Just came in' },
  });
  act(() => bridge.publish('changed', { tables: ['workspace_items'] }));
  expect(await screen.findByRole('button', { name: 'Status: Just came in' })).toBeTruthy();
  expect(screen.getByTitle('Just came in')).toBeTruthy();
});
