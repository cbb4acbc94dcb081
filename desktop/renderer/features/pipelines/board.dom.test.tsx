import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt, stageIdAt } from '../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));
const lane = (name: string) => screen.findByRole('listitem', { name: new RegExp(`^${name}, `) });

test('each lane says how many are in it, and ⇧→ moves the card with the focus on it', async () => {
  const { user, bridge } = await renderApp('/pipelines', { contacts: 12 });
  const first = await lane('New lead');
  const card = await within(first).findByRole('listitem', { name: /Rosalind/ });
  card.focus();
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({
      name: 'contacts.moveToStage',
      input: { contactIds: [contactIdAt(0)], stageId: stageIdAt(1) },
    }),
  );
  expect(await within(await lane('Contacted')).findByRole('listitem', { name: /Rosalind/ })).toBeTruthy();
  await user.keyboard('z');
  await waitFor(() => expect(sent(bridge)[1]).toMatchObject({ input: { stageId: stageIdAt(0) } }));
});

test('S moves a card to a stage by its name', async () => {
  const { user, bridge } = await renderApp('/pipelines', { contacts: 12 });
  const card = await within(await lane('New lead')).findByRole('listitem', { name: /Rosalind/ });
  card.focus();
  await user.keyboard('s');
  await user.type(await screen.findByPlaceholderText('Stage'), 'quote{Enter}');
  await waitFor(() => expect(sent(bridge)[0]).toMatchObject({ input: { stageId: stageIdAt(3) } }));
});

test('a pipeline that is gone says so', async () => {
  await renderApp(`/pipelines/${contactIdAt(1)}`);
  expect(await screen.findByText('This pipeline is not there any more')).toBeTruthy();
});
