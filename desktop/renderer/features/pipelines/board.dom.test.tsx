import { fireEvent, screen, waitFor, within } from '@testing-library/react';
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

test('a card that others move away while it has the focus leaves it to the one in its place, and the keys go on', async () => {
  const { user, bridge } = await renderApp('/pipelines', { contacts: 40 });
  const first = await lane('New lead');
  const cards = () => within(first).findAllByRole('listitem');
  const [top, second] = await cards();
  top?.focus();
  const next = second?.getAttribute('aria-label');
  const id = contactIdAt(0);
  expect(top?.getAttribute('aria-label')).toContain('Rosalind');
  await bridge.call('command', {
    name: 'contacts.moveToStage',
    input: {
      contactIds: [id],
      stageId: stageIdAt(2),
      pipelineId: bridge.state.tables.of('contacts').get(id)?.['pipelineId'] as string,
    },
  });
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(next));
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-card')).toBe('1'));
});

test('a key pressed twice moves the card once, and says where it went', async () => {
  const { bridge } = await renderApp('/pipelines', { contacts: 12 });
  const card = await within(await lane('New lead')).findByRole('listitem', { name: /Rosalind/ });
  card.focus();
  for (let i = 0; i < 2; i += 1) fireEvent.keyDown(card, { key: 'ArrowRight', shiftKey: true });
  await waitFor(() => expect(screen.getByTestId('announcer').textContent).toMatch(/^Moved Rosalind .* to Contacted/));
  expect(sent(bridge)).toHaveLength(1);
});

test('where the language runs from right to left, ← leads to the next stage', async () => {
  const { user, bridge } = await renderApp('/pipelines', { contacts: 12 });
  const card = await within(await lane('New lead')).findByRole('listitem', { name: /Rosalind/ });
  document.documentElement.dir = 'rtl';
  card.focus();
  await user.keyboard('{Shift>}{ArrowRight}{ArrowLeft}{/Shift}');
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]).toMatchObject({ input: { stageId: stageIdAt(1) } });
  document.documentElement.dir = 'ltr';
});
