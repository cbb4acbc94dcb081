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
  expect(card.getByText(/Theo changed it at 10:14\./)).toBeTruthy();
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

test('the keyboard alone walks the changes, edits, retries and discards', async () => {
  const { user, bridge } = await renderApp('/outbox', { offline: true }, async (fixture) => {
    await refusedEdit(fixture);
    await fixture.call('command', { name: 'contacts.update', input: { id: contactIdAt(2), company: 'Larkspur' } });
  });
  const card = await screen.findByRole('article', { name: /refused$/ });
  await user.keyboard('j');
  expect(document.activeElement).toBe(card);
  await user.keyboard('e');
  const field = within(card).getByRole('textbox', { name: 'Company' });
  await user.clear(field);
  await user.type(field, 'Oyelaran Ltd{Escape}');
  await user.keyboard('r');
  await waitFor(() => expect(bridge.state.outbox.map(({ state }) => state)).toEqual(['queued', 'queued']));
  await user.keyboard('jd');
  await waitFor(() => expect(bridge.state.outbox).toHaveLength(1));
});

test.each([
  ['forbidden', /^Your role does not allow it any more\. The words of the server\./],
  ['limit_reached', /^A limit was reached\..*Make room/],
  ['not_found', /^It was deleted meanwhile\..*Discard it/],
  ['invalid_input', /^What is valid changed meanwhile\..*Edit it/],
  ['conflict', /^Somebody else was faster\..*Compare both/],
  ['a_code_of_tomorrow', /^The server said no\. The words of the server\./],
])('a refusal with the code %s says why and what helps', async (code, words) => {
  await renderApp('/outbox', {}, async (fixture) => {
    const reply = await fixture.call('command', { name: 'contacts.update', input });
    if ('data' in reply) fixture.refuse(reply.data.writeId, 'The words of the server.', null, { code });
  });
  const card = within(await screen.findByRole('article', { name: /refused$/ }));
  expect(card.getByText(words)).toBeTruthy();
});

test('changes that were held stand under the one they build on, and stay when that one is discarded', async () => {
  const { user } = await renderApp('/outbox', {}, async (fixture) => {
    const created = await fixture.call('command', { name: 'contacts.update', input });
    const note = await fixture.call('command', {
      name: 'notes.add',
      input: { contactId: input.id, body: 'Prefers mornings.' },
    });
    if (!('data' in created) || !('data' in note)) throw new Error('not queued');
    fixture.refuse(created.data.writeId, 'Not now.');
    fixture.refuse(note.data.writeId, 'It builds on a change that was refused.', null, {
      code: 'held',
      because: created.data.writeId,
    });
  });
  const held = within(await screen.findByRole('region', { name: /^1 change builds on/ }));
  expect(held.getByText('Prefers mornings.')).toBeTruthy();
  expect(held.getByText(/^Waits for another change\./)).toBeTruthy();
  const [cause] = screen.getAllByRole('article', { name: /refused$/ });
  if (!cause) throw new Error('no cause');
  await user.click(within(cause).getByRole('button', { name: 'Discard' }));
  expect(await screen.findByText('Prefers mornings.')).toBeTruthy();
  expect(screen.queryByRole('region', { name: /builds on/ })).toBeNull();
});

test('a bulk act that was refused in part is one entry with both numbers', async () => {
  await renderApp('/outbox', {}, async (fixture) => {
    const contactIds = Array.from({ length: 30 }, (_, index) => contactIdAt(index));
    const reply = await fixture.call('command', { name: 'contacts.addTags', input: { contactIds, tags: ['VIP'] } });
    if (!('data' in reply)) throw new Error('not queued');
    const bulk = { records: 100_000, refusedRecords: 5_000, slices: 1 };
    fixture.refuse(reply.data.writeId, 'Too many tags.', null, { code: 'limit_reached', bulk });
  });
  const cards = await screen.findAllByRole('article', { name: /refused$/ });
  expect(cards).toHaveLength(1);
  expect(within(cards[0] as HTMLElement).getByText(/5,000 of 100,000 were refused; the others stand\./)).toBeTruthy();
});
