import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../../testing/fixture-bridge.ts';
import { renderApp } from '../../../testing/render-app.tsx';

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));

test('a status is renamed where it stands, and one of the product cannot be deleted', async () => {
  const { user, bridge } = await renderApp('/settings/statuses');
  const field = await screen.findByRole('textbox', { name: 'Name of Contacted' });
  await user.clear(field);
  await user.type(field, 'Reached{Enter}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({
      name: 'leadStatuses.update',
      input: { key: 'contacted', name: 'Reached' },
    }),
  );
  expect(await screen.findByRole('textbox', { name: 'Name of Reached' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Delete Sold' })).toBeNull();
});

test('an emptied name comes back, and nothing is sent', async () => {
  const { user, bridge } = await renderApp('/settings/statuses');
  const field = await screen.findByRole('textbox', { name: 'Name of New' });
  await user.clear(field);
  await user.tab();
  expect((field as HTMLInputElement).value).toBe('New');
  expect(sent(bridge)).toEqual([]);
});

const names = () => screen.getAllByRole('textbox').map((one) => (one as HTMLInputElement).value);

test('⌥↓ moves a status, the new order is told as a whole and shows at once without a line', async () => {
  const { user, bridge } = await renderApp('/settings/statuses', { offline: true });
  const field = await screen.findByRole('textbox', { name: 'Name of New' });
  field.focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('leadStatuses.reorder'));
  await waitFor(() => expect(names().slice(0, 2)).toEqual(['Contacted', 'New']));
});

test('a status is dragged to another place by its handle', async () => {
  const { bridge } = await renderApp('/settings/statuses');
  const rows = (await screen.findAllByRole('listitem')).filter((row) => row.querySelector('.drag-handle'));
  const [first, , third] = rows;
  const dataTransfer = { setData: () => {}, setDragImage: () => {}, effectAllowed: 'none' };
  const handle = first?.querySelector('.drag-handle');
  if (!handle || !third) throw new Error('three rows with handles');
  for (const [target, make] of [
    [handle, createEvent.dragStart],
    [third, createEvent.dragOver],
    [third, createEvent.drop],
  ] as const) {
    const event = make(target);
    Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
    fireEvent(target, event);
  }
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('leadStatuses.reorder'));
  await waitFor(() => expect(names().slice(0, 3)).toEqual(['Contacted', 'Contact made', 'New']));
});

test('a colour is saved when the picker is left with it; one that is not seen is refused in words', async () => {
  const { bridge } = await renderApp('/settings/statuses');
  const field = (await screen.findByLabelText('Colour of New')) as HTMLInputElement;
  fireEvent.input(field, { target: { value: '#ffff00' } });
  expect(sent(bridge)).toEqual([]);
  field.dispatchEvent(new Event('change'));
  expect(await screen.findByText('Too light to be seen on a light background; choose a darker one')).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
  field.value = '#c8372b';
  field.dispatchEvent(new Event('change'));
  await waitFor(() =>
    expect(sent(bridge)).toMatchObject([{ name: 'leadStatuses.update', input: { key: 'new', color: '#c8372b' } }]),
  );
});

test('a status is made without a line, behind the others; a name that is there already is said to be', async () => {
  const { user, bridge } = await renderApp('/settings/statuses', { offline: true });
  const form = within(await screen.findByRole('form', { name: 'Add the status' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'contact MADE{Enter}');
  expect(await form.findByText('Contact made is there already.')).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
  await user.clear(form.getByRole('textbox', { name: 'Name' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'Second call{Enter}');
  await waitFor(() => expect(names().indexOf('Second call')).toBe(names().indexOf('Do not call') + 1));
});

test('deleting a status says how many contacts have it, and gives them another', async () => {
  const { user, bridge } = await renderApp('/settings/statuses', { contacts: 40 });
  await user.click(await screen.findByRole('button', { name: 'Delete Won' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('8 contacts have this status now.')).toBeTruthy();
  await user.selectOptions(dialog.getByRole('combobox', { name: 'They get' }), 'Lost');
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ name: 'leadStatuses.delete', input: { remapTo: 'lost' } }),
  );
});

test('a stage is added at the end of its pipeline, and its chance is changed', async () => {
  const { user, bridge } = await renderApp('/settings/pipelines');
  const form = within(await screen.findByRole('form', { name: 'Add a stage' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'Signed{Enter}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ name: 'stages.create', input: { name: 'Signed', displayOrder: 6 } }),
  );
  const chance = await screen.findByRole('spinbutton', { name: 'Chance of Signed in percent' });
  await user.clear(chance);
  await user.type(chance, '95');
  await user.tab();
  await waitFor(() => expect(sent(bridge)[1]).toMatchObject({ name: 'stages.update', input: { probability: 95 } }));
});

test('a stage goes into another pipeline, behind its stages', async () => {
  const { user, bridge } = await renderApp('/settings/pipelines');
  const form = within(await screen.findByRole('form', { name: 'Add the pipeline' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'Service{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Lost into another pipeline' }));
  await user.click(await screen.findByRole('menuitem', { name: 'To Service, with its contacts' }));
  await waitFor(() => expect(sent(bridge)[1]).toMatchObject({ name: 'stages.update', input: { name: 'Lost' } }));
  const list = await screen.findByRole('list', { name: 'Stages of Service' });
  expect(within(list).getByRole('textbox', { name: 'Name of Lost' })).toBeTruthy();
});

test('deleting a stage says how many contacts are in it, and moves them to another', async () => {
  const { user, bridge } = await renderApp('/settings/pipelines', { contacts: 40 });
  await user.click(await screen.findByRole('button', { name: 'Delete Qualified' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText(/^\d+ contacts are in this stage now\.$/)).toBeTruthy();
  await user.selectOptions(dialog.getByRole('combobox', { name: 'They get' }), 'Contacted');
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('stages.delete'));
  expect(sent(bridge)[0]?.input).toMatchObject({ moveTo: expect.any(String) });
});

test('a group is made and found again', async () => {
  const { user, bridge } = await renderApp('/settings/groups');
  const form = within(await screen.findByRole('form', { name: 'Add the group' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'VIP lunch{Enter}');
  await waitFor(() => expect(sent(bridge)[0]).toMatchObject({ name: 'groups.create', input: { name: 'VIP lunch' } }));
  expect(await screen.findByRole('textbox', { name: 'Name of VIP lunch' })).toBeTruthy();
});

test('a name that is being typed stays when others rename it meanwhile, and one that nobody types follows', async () => {
  const { user, bridge } = await renderApp('/settings/groups');
  const id = '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a77';
  const rename = (name: string) =>
    bridge.call('command', { name: 'groups.update', input: { id, name, description: null } });
  await bridge.call('command', { name: 'groups.create', input: { id, name: 'Golfers', description: null } });
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of Golfers' });
  await user.type(field, ' of spring');
  await rename('Players');
  expect(await screen.findByRole('textbox', { name: 'Name of Players' })).toBe(field);
  expect(field.value).toBe('Golfers of spring');
  await user.keyboard('{Escape}');
  await user.tab();
  expect(field.value).toBe('Players');
  await rename('Golfers');
  await waitFor(() => expect(field.value).toBe('Golfers'));
});
