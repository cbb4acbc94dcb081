import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const input = { id: contactIdAt(1), company: 'Oyelaran & Sons' };

async function refusedEdit(bridge: FixtureBridge) {
  const reply = await bridge.call('command', { name: 'contacts.update', input });
  if ('data' in reply) bridge.refuse(reply.data.writeId, 'Theo changed it at 10:14.', { company: 'Oyelaran Ltd' });
}

const openRefused = async () => {
  const app = await renderApp('/outbox', {}, refusedEdit);
  return { ...app, card: within(await screen.findByRole('article', { name: /refused/ })) };
};

test('a refused edit shows yours next to theirs, with the reason', async () => {
  const { card } = await openRefused();
  expect(card.getByText('Theo changed it at 10:14.')).toBeTruthy();
  expect(card.getByText('Oyelaran & Sons')).toBeTruthy();
  expect(card.getByText('Oyelaran Ltd')).toBeTruthy();
});

test('Retry queues it again as it was', async () => {
  const { card, user, bridge } = await openRefused();
  await user.click(card.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByText(/Waits for the line · Oyelaran & Sons/)).toBeTruthy();
  expect(bridge.state.outbox.map((entry) => entry.input)).toEqual([input]);
});

test('Edit opens the field with what was typed and sends what it became', async () => {
  const { card, user, bridge } = await openRefused();
  await user.click(card.getByRole('button', { name: 'Edit' }));
  const field = card.getByRole<HTMLInputElement>('textbox', { name: 'Company' });
  expect(field.value).toBe('Oyelaran & Sons');
  await user.clear(field);
  await user.type(field, 'Oyelaran and Sons{Enter}');
  await waitFor(() =>
    expect(bridge.state.outbox.map((entry) => entry.input)).toEqual([{ ...input, company: 'Oyelaran and Sons' }]),
  );
});

test('Discard forgets it, and Z brings it back', async () => {
  const { card, user, bridge } = await openRefused();
  await user.click(card.getByRole('button', { name: 'Discard' }));
  expect(await screen.findByText('All changes are saved')).toBeTruthy();
  await user.keyboard('z');
  await waitFor(() => expect(bridge.state.outbox.map((entry) => entry.input)).toEqual([input]));
});

test('a change that has not left can be undone from the outbox', async () => {
  const { user, bridge } = await renderApp('/outbox', { offline: true }, async (fixture) => {
    await fixture.call('command', { name: 'contacts.update', input });
  });
  expect(await screen.findByText(/1 change will be sent when you are back/)).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: /^Undo:/ }));
  await screen.findByText('All changes are saved');
  expect(bridge.state.tables.of('contacts').get(input.id)?.['company']).not.toBe(input.company);
});

test('the refused change also stands on the page of its contact', async () => {
  await renderApp(`/contacts/${input.id}`, {}, refusedEdit);
  expect(await screen.findByRole('article', { name: /refused/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: /^1 edit refused/ })).toBeTruthy();
});
