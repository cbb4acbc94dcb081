import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../../../testing/fixture-bridge.ts';
import { renderApp } from '../../../../testing/render-app.tsx';

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));
const open = () => renderApp('/settings/fields', { team: true });

test('a field is made with a key of its name, its kind and its choices', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'New field' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Größe des Daches');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'What is entered' }), 'Choice');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(dialog.getByText('Write at least one choice')).toBeTruthy();
  await user.type(dialog.getByRole('textbox', { name: 'Choices, one on each line' }), 'Small{Enter}Large{Enter}Small');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(sent(bridge)).toMatchObject([
      {
        name: 'attributes.create',
        input: {
          key: 'große_des_daches',
          label: 'Größe des Daches',
          type: 'choice',
          choices: ['Small', 'Large'],
          displayOrder: 3,
        },
      },
    ]),
  );
  expect(await screen.findByRole('textbox', { name: 'Name of Größe des Daches' })).toBeTruthy();
});

test('a key that is taken is said before anything is sent', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'New field' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Heating{Enter}');
  expect(
    await dialog.findByText('Type of heating has this key already. Change that one, or choose another key.'),
  ).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
});

test('a field is renamed and moved by keys where it stands', async () => {
  const { user, bridge } = await open();
  const field = await screen.findByRole('textbox', { name: 'Name of Living space' });
  await user.clear(field);
  await user.type(field, 'Square feet{Enter}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({
      name: 'attributes.update',
      input: { key: 'square_feet', label: 'Square feet', type: 'number' },
    }),
  );
  (await screen.findByRole('textbox', { name: 'Name of Square feet' })).focus();
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => {
    const names = screen.getAllByRole('textbox').map((one) => (one as HTMLInputElement).value);
    expect(names.indexOf('Square feet')).toBeLessThan(names.indexOf('Date of the contract'));
  });
});

test('deleting a field says how many contacts have a value in it, and that they keep it', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Delete Type of heating' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('0 contacts have a value in it. They keep it, under the key heating.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('attributes.delete'));
});
