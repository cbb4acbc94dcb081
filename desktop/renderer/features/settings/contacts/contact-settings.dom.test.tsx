import { screen, waitFor, within } from '@testing-library/react';
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

test('⌥↓ moves a status, and the new order is told as a whole', async () => {
  const { user, bridge } = await renderApp('/settings/statuses');
  const field = await screen.findByRole('textbox', { name: 'Name of New' });
  field.focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('leadStatuses.reorder'));
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

test('a group is made and found again', async () => {
  const { user, bridge } = await renderApp('/settings/groups');
  const form = within(await screen.findByRole('form', { name: 'Add the group' }));
  await user.type(form.getByRole('textbox', { name: 'Name' }), 'VIP lunch{Enter}');
  await waitFor(() => expect(sent(bridge)[0]).toMatchObject({ name: 'groups.create', input: { name: 'VIP lunch' } }));
  expect(await screen.findByRole('textbox', { name: 'Name of VIP lunch' })).toBeTruthy();
});
