import { act, createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { newId } from '../../../../../shared/kernel/ids.ts';
import { must } from '../../../../../shared/kernel/must.ts';
import { contactIdAt, stageIdAt } from '../../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../../testing/fixture-bridge.ts';
import { renderApp } from '../../../testing/render-app.tsx';

const openList = async (contacts = 40) => {
  const app = await renderApp('/contacts', { contacts });
  const grid = await screen.findByRole('grid', { name: 'Contacts' });
  await screen.findByText('Rosalind Achterberg');
  const heads = () =>
    within(grid)
      .getAllByRole('columnheader')
      .map((head) => head.textContent);
  return { ...app, heads };
};

const countShown = async (n: number) =>
  waitFor(() =>
    expect(screen.getByRole('grid', { name: 'Contacts' }).getAttribute('aria-rowcount')).toBe(String(n + 1)),
  );

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));

test('F asks what contacts are told apart by, and each choice narrows the list at once', async () => {
  const { user } = await openList();
  await user.keyboard('f');
  await user.keyboard('stage{Enter}');
  await user.keyboard('quote{Enter}');
  await countShown(5);
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'stage is Quote sent' })).toBeTruthy();
  await user.keyboard('{Shift>}f{/Shift}');
  await countShown(40);
  expect(screen.queryByText('changed')).toBeNull();
});

test('Backspace on a condition takes it away, and the focus stays in the bar', async () => {
  const { user } = await openList();
  await user.keyboard('f');
  await user.keyboard('status{Enter}');
  await user.keyboard('won{Enter}{Escape}');
  const chip = screen.getByRole('button', { name: 'status is Won' });
  chip.focus();
  await user.keyboard('{Backspace}');
  await countShown(40);
  expect(document.activeElement?.className).toContain('filter-chip');
});

test('a condition taken away in its editor does not leave its text to the next one', async () => {
  const { user } = await openList();
  for (const [field, text] of [
    ['company', 'dental'],
    ['email', 'example'],
  ] as const) {
    await user.keyboard('f');
    await user.keyboard(`${field}{Enter}`);
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), `${text}{Enter}`);
    await user.keyboard('{Escape}');
  }
  await user.click(screen.getByRole('button', { name: 'company contains dental' }));
  await user.click(await screen.findByRole('button', { name: 'Take the condition away' }));
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Change the condition' })).toBeNull());
  const left = screen.getByRole('button', { name: 'email contains example' });
  await waitFor(() => expect(document.activeElement).toBe(left));
  await user.click(left);
  expect(await screen.findByRole('textbox', { name: 'Text' })).toHaveProperty('value', 'example');
});

test('conditions that nobody meets say how many there are without them', async () => {
  const { user } = await openList();
  await user.keyboard('f');
  await user.keyboard('company{Enter}');
  await user.type(await screen.findByRole('textbox', { name: 'Text' }), 'zzz{Enter}');
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Nobody meets these conditions')).toBeTruthy();
  expect(screen.getByText('Without them there are 40.')).toBeTruthy();
});

test('X and ⇧↓ choose, the bar says how many, and an act is one command on all of them', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('x');
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect(await screen.findByText('3 contacts selected')).toBeTruthy();
  await user.keyboard('s');
  await user.keyboard('won{Enter}');
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]).toMatchObject({
    name: 'contacts.moveToStage',
    input: { contactIds: [0, 1, 2].map(contactIdAt), stageId: stageIdAt(4) },
  });
  expect(screen.queryByText(/contacts selected/)).toBeNull();
});

test('everybody of the list but one: the act names all others', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('{Control>}a{/Control}');
  expect(await screen.findByText('40 contacts selected')).toBeTruthy();
  await user.keyboard('x');
  expect(await screen.findByText('39 contacts selected')).toBeTruthy();
  await user.keyboard('{Shift>}v{/Shift}');
  await user.type(await screen.findByRole('textbox', { name: 'Score from 0 to 100' }), '55{Enter}');
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  const [act] = sent(bridge);
  const { contactIds } = must(act, 'an act').input as { contactIds: string[] };
  expect(contactIds).toHaveLength(39);
  expect(contactIds).not.toContain(contactIdAt(0));
});

test('another filter begins with nobody chosen', async () => {
  const { user } = await openList();
  await user.keyboard('x');
  expect(await screen.findByText('1 contact selected')).toBeTruthy();
  await user.keyboard('f');
  await user.keyboard('mood{Enter}');
  await user.keyboard('hot{Enter}{Escape}');
  await waitFor(() => expect(screen.queryByText(/selected/)).toBeNull());
});

test('a view has its own columns and pages, and Page x of y counts what there is', async () => {
  const { user, heads } = await openList(45);
  await user.click(screen.getByRole('button', { name: 'By stage' }));
  await waitFor(() => expect(heads()).toEqual(expect.arrayContaining(['Platforms', 'Stage', 'Added'])));
  expect(heads()).not.toContain('Phone');
  const pager = within(await screen.findByRole('navigation', { name: 'Pages' }));
  expect(pager.getByText('Page 1 of 3')).toBeTruthy();
  expect(pager.getByRole('button', { name: 'Previous page' })).toHaveProperty('disabled', true);
  await user.click(pager.getByRole('button', { name: 'Next page' }));
  await user.click(pager.getByRole('button', { name: 'Next page' }));
  expect(pager.getByText('Page 3 of 3')).toBeTruthy();
  expect(pager.getByRole('button', { name: 'Next page' })).toHaveProperty('disabled', true);
});

test('a list that was changed is saved as a view of one’s own, found again, renamed and deleted with a way back', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('f');
  await user.keyboard('status{Enter}');
  await user.keyboard('won{Enter}{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Save as a view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Won ones{Enter}');
  const tab = await screen.findByRole('button', { name: 'Won ones' });
  expect(tab.getAttribute('aria-pressed')).toBe('true');
  expect(sent(bridge)[0]).toMatchObject({ name: 'contactViews.save', input: { name: 'Won ones' } });
  await user.click(within(screen.getByRole('group', { name: 'Views' })).getByRole('button', { name: /^All/ }));
  await countShown(40);
  await user.click(screen.getByRole('button', { name: 'Won ones' }));
  await countShown(8);
  await user.click(screen.getByRole('button', { name: 'More for the view Won ones' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Won ones' })).toBeNull());
  await user.keyboard('z');
  expect(await screen.findByRole('button', { name: 'Won ones' })).toBeTruthy();
});

test('a column is dragged to another place in the menu of columns', async () => {
  const { user, heads } = await openList();
  expect(heads().slice(0, 3)).toEqual(['', 'Name', 'Score']);
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  const [first, second] = within(await screen.findByRole('list', { name: 'Columns' })).getAllByRole('listitem');
  const dataTransfer = { setData: () => {}, setDragImage: () => {}, effectAllowed: 'none', types: ['text/plain'] };
  const handle = must(first?.querySelector('.drag-handle'), 'handle');
  for (const [target, make] of [
    [handle, createEvent.dragStart],
    [must(second, 'row'), createEvent.dragOver],
    [must(second, 'row'), createEvent.drop],
  ] as const) {
    const event = make(target);
    Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
    fireEvent(target, event);
  }
  await waitFor(() => expect(heads().slice(0, 3)).toEqual(['', 'Score', 'Name']));
});

test('a phone number that somebody has already is said while it is typed, and nothing typed is lost on Escape', async () => {
  const { user } = await openList();
  await user.keyboard('n');
  await user.type(await screen.findByRole('textbox', { name: 'Phone' }), '(503) 555-0142');
  expect(await screen.findByText('Rosalind Achterberg has this phone number.')).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Throw away what you typed?')).toBeTruthy();
});

test('→ and F2 change the value under the cursor, Enter saves it, and the focus comes back to the row', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('{ArrowRight}{ArrowRight}{F2}');
  const score = await screen.findByRole('textbox', { name: 'Score' });
  await user.clear(score);
  await user.type(score, '101{Enter}');
  expect(await screen.findByText('A score is a whole number from 0 to 100.')).toBeTruthy();
  await user.clear(score);
  await user.type(score, '77{Enter}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ name: 'contacts.update', input: { id: contactIdAt(0), leadScore: 77 } }),
  );
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'));
});

test('a click elsewhere saves what was typed into a cell, and what is wrong stays with the reason', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('{ArrowRight}{ArrowRight}{F2}');
  await user.clear(await screen.findByRole('textbox', { name: 'Score' }));
  await user.keyboard('101');
  await user.click(screen.getByRole('heading', { name: 'Contacts' }));
  expect(await screen.findByText('A score is a whole number from 0 to 100.')).toBeTruthy();
  await user.clear(screen.getByRole('textbox', { name: 'Score' }));
  await user.type(screen.getByRole('textbox', { name: 'Score' }), '55');
  await user.click(screen.getByRole('heading', { name: 'Contacts' }));
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ name: 'contacts.update', input: { id: contactIdAt(0), leadScore: 55 } }),
  );
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Score' })).toBeNull());
});

test('what is being typed into a cell outlives a new order of the list', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('{F2}');
  const first = await screen.findByRole('textbox', { name: 'First name' });
  await user.clear(first);
  await user.type(first, 'Rosa');
  const added = { id: newId<'contact'>(), firstName: 'Aaron', lastName: 'Newcomer' };
  await bridge.call('command', { name: 'contacts.create', input: added });
  fireEvent.click(await screen.findByRole('button', { name: '1 new' }));
  await countShown(41);
  expect(screen.getByRole('textbox', { name: 'First name' })).toHaveProperty('value', 'Rosa');
});

test('one tag after another is put on in its cell', async () => {
  const { user } = await openList();
  const [row] = screen.getAllByRole('row').slice(1);
  const tags = must(row?.querySelector<HTMLElement>('[data-column="tags"]'), 'tags');
  await user.click(tags);
  await user.dblClick(tags);
  const editor = await screen.findByRole('dialog', { name: 'Tags of Rosalind Achterberg' });
  await user.type(await screen.findByPlaceholderText('Find or make a tag'), 'Ductless');
  await user.click(await screen.findByRole('option', { name: 'Make “Ductless”' }));
  expect(await within(editor).findByText('Ductless')).toBeTruthy();
});

test('the box of the head chooses everybody of one long list at once, the page of a paged one, and nobody again', async () => {
  const { user, bridge } = await openList();
  const box = () => screen.getByRole('checkbox', { name: /^Choose (everybody|all on this page)/ });
  const asked = vi.spyOn(bridge, 'call');
  await user.click(box());
  expect(await screen.findByText('40 contacts selected')).toBeTruthy();
  expect(asked.mock.calls.filter(([name]) => name === 'contacts.window')).toEqual([]);
  await user.click(box());
  expect(screen.queryByText('40 contacts selected')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'By stage' }));
  await waitFor(() => expect(screen.getByText('Page 1 of 2')).toBeTruthy());
  await user.click(box());
  expect(await screen.findByText('20 contacts selected')).toBeTruthy();
  await user.click(box());
  await waitFor(() => expect(screen.queryByText('20 contacts selected')).toBeNull());
});

test('the focus stays on a row whose contact is deleted by others', async () => {
  const { user, bridge } = await openList();
  await user.keyboard('{ArrowDown}');
  const row = must(document.activeElement, 'a row');
  expect(row.getAttribute('data-index')).toBe('1');
  await bridge.call('command', { name: 'contacts.delete', input: { id: contactIdAt(1) } });
  await waitFor(() => expect(row.textContent).toContain('Deleted'));
  expect(document.activeElement).toBe(row);
});

test('a click on a value puts the cursor there, a double click changes it, a click on the name opens', async () => {
  const { user, bridge } = await openList();
  const [row] = screen.getAllByRole('row').slice(1);
  const status = row?.querySelector<HTMLElement>('[data-column="status"]');
  await user.click(status as HTMLElement);
  expect(location.hash).toBe('#/contacts');
  await user.dblClick(status as HTMLElement);
  await user.keyboard('sold{Enter}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ name: 'contacts.setStatus', input: { leadStatus: 'sold' } }),
  );
  await user.click(screen.getByText('Rosalind Achterberg'));
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(0)}`));
});

test('a filter stands in the address, and an address with one opens the list filtered', async () => {
  const { user } = await openList();
  await user.keyboard('f');
  await user.keyboard('status{Enter}');
  await user.keyboard('won{Enter}{Escape}');
  await countShown(8);
  await waitFor(() => expect(location.hash).toMatch(/^#\/contacts\?.*won/));
  const address = location.hash;
  await user.click(within(screen.getByRole('group', { name: 'Views' })).getByRole('button', { name: /^All/ }));
  await waitFor(() => expect(location.hash).toBe('#/contacts'));
  location.hash = address;
  // A browser tells both.
  act(() => void window.dispatchEvent(new PopStateEvent('popstate')));
  await countShown(8);
  expect(screen.getByRole('button', { name: 'status is Won' })).toBeTruthy();
});

test('an address with a filter that makes no sense says what of it was left out, and texts of digits stay texts', async () => {
  await renderApp('/contacts?leadScore=between%3Anonsense&search=1.0&where=%7B%22all%22%3A5%7D', { contacts: 40 });
  expect(await screen.findByText(/the list shows more than it meant: leadScore and where\./)).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'is found by 1.0' })).toBeTruthy();
});

test('a view that another device deleted leaves the list as it is, to be saved again', async () => {
  const { user, bridge } = await openList();
  await user.click(screen.getByRole('button', { name: 'Name' }));
  await user.click(screen.getByRole('button', { name: 'Save as a view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'By name{Enter}');
  await screen.findByRole('button', { name: 'More for the view By name' });
  expect(screen.queryByRole('button', { name: 'Save as a view' })).toBeNull();
  const { id } = must(sent(bridge)[0], 'the view').input as { id: string };
  await bridge.call('command', { name: 'contactViews.delete', input: { id } } as never);
  expect(await screen.findByRole('button', { name: 'Save as a view' })).toBeTruthy();
});

test('what a condition names and is deleted since can be taken out of it alone', async () => {
  const { user } = await renderApp('/contacts?leadStatus=among%3Awon%2Cgone', { contacts: 40 });
  await user.click(await screen.findByRole('button', { name: 'status is Won or deleted' }));
  await user.click(await screen.findByRole('option', { name: /^deleted/ }));
  expect(await screen.findByRole('button', { name: 'status is Won' })).toBeTruthy();
});
