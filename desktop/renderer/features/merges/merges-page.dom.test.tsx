import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { addMeeting } from '../../testing/fixture-merges.ts';
import { renderApp } from '../../testing/render-app.tsx';

const company = (bridge: FixtureBridge, index: number) =>
  bridge.state.tables.of('contacts').get(contactIdAt(index))?.['company'];

async function withMeetings({ state }: FixtureBridge): Promise<void> {
  addMeeting(state, 1, { company: 'Oyelaran Ltd' }, { company: 'Oyelaran & Sons' }, Date.now());
  addMeeting(state, 2, { company: 'Fontaine' }, { email: 'm@fontaine.example' }, Date.now());
}

const cards = () => screen.findAllByRole('article', { name: /changes that met$/ });

test('both values stand with who wrote them and whose clock, newest first, and it is said which one shows', async () => {
  await renderApp('/merges', {}, withMeetings);
  const [overwritten, merged] = (await cards()).map((card) => within(card));
  expect(overwritten?.getByText('The later one shows')).toBeTruthy();
  expect(overwritten?.getByText('Oyelaran & Sons')).toBeTruthy();
  expect(overwritten?.getByText(/^Theo Lindqvist, .*, replaced$/)).toBeTruthy();
  expect(overwritten?.getByText(/^Maya Okafor, .* by that computer’s clock, shows$/)).toBeTruthy();
  expect(merged?.getByText('Both stand')).toBeTruthy();
  expect(merged?.queryByRole('button', { name: /Restore/ })).toBeNull();
});

test('R brings the earlier value back without a line, Z the later one again', async () => {
  const { user, bridge } = await renderApp('/merges', { offline: true }, withMeetings);
  await cards();
  await user.keyboard('jr');
  await waitFor(() => expect(company(bridge, 1)).toBe('Oyelaran & Sons'));
  await waitFor(async () => expect(await cards()).toHaveLength(1));
  await user.keyboard('z');
  await waitFor(() => expect(company(bridge, 1)).toBe('Oyelaran Ltd'));
});

test('what is left as it is moves to the settled ones, from where it can still be restored', async () => {
  const { user, bridge } = await renderApp('/merges', {}, withMeetings);
  await cards();
  await user.keyboard('jd');
  await waitFor(async () => expect(await cards()).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Settled' }));
  const settled = within((await cards())[0] as HTMLElement);
  expect(await settled.findByText(/^Settled .* by Maya Okafor$/)).toBeTruthy();
  await user.click(settled.getByRole('button', { name: 'Restore the earlier value' }));
  await waitFor(() => expect(company(bridge, 1)).toBe('Oyelaran & Sons'));
});

test('a contact whose edits met wears a quiet badge that leads here, others do not', async () => {
  const { user } = await renderApp(`/contacts/${contactIdAt(1)}`, {}, withMeetings);
  await user.click(await screen.findByRole('link', { name: '1 change met' }));
  expect(await screen.findByRole('heading', { name: 'Changes that met' })).toBeTruthy();
});

test('with nothing that met the page says when something will be here', async () => {
  await renderApp('/merges');
  expect(await screen.findByText(/^When two people edit one contact/)).toBeTruthy();
  expect(screen.queryByRole('link', { name: /Changes that met/ })).toBeNull();
});

test('a page of many shows fifty and then more', async () => {
  const { user } = await renderApp('/merges', { contacts: 80 }, async ({ state }) => {
    for (let index = 0; index < 70; index++)
      addMeeting(state, index, { company: `later ${index}` }, { company: `earlier ${index}` }, Date.now());
  });
  expect(await cards()).toHaveLength(50);
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(async () => expect(await cards()).toHaveLength(70));
});
