import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));
const matching = () => screen.findByRole('region', { name: 'Who meets the conditions now' });

test('a segment is built from groups, counted while it is built, saved, and found in the list with its number', async () => {
  const { user, bridge } = await renderApp('/segments/new', { contacts: 40 });
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Won or hot');
  await waitFor(async () => expect((await matching()).textContent).toContain('40'));
  await user.click(screen.getByRole('button', { name: 'any of these' }));
  await user.click(screen.getByRole('button', { name: /^Filter/ }));
  await user.keyboard('status{Enter}');
  await user.keyboard('won{Enter}{Escape}');
  await waitFor(async () => expect(within(await matching()).getByRole('status').textContent).toMatch(/^8/));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('segments.create'));
  expect(sent(bridge)[0]?.input).toMatchObject({
    name: 'Won or hot',
    kind: 'dynamic',
    rule: { any: [{ field: 'leadStatus', op: 'among', values: ['won'] }] },
  });
  await user.keyboard('{Escape}');
  const item = await screen.findByRole('link', { name: /Won or hot/ });
  await waitFor(() => expect(item.textContent).toContain('8'));
});

test('a segment without a name is not saved, and says why', async () => {
  const { user, bridge } = await renderApp('/segments/new');
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Name the segment')).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
});

test('one that somebody deleted says so', async () => {
  await renderApp('/segments/01a1ff6f-fd25-7068-a364-c278f0cf2dd1');
  expect(await screen.findByText('This segment is not there any more')).toBeTruthy();
});

test('a condition that is taken away gives the focus to the one before it, then to what adds one', async () => {
  const { user } = await renderApp('/segments/new', { contacts: 40 });
  await user.click(await screen.findByRole('button', { name: /^Filter/ }));
  await user.keyboard('status{Enter}');
  await user.keyboard('won{Enter}{Escape}');
  await user.click(screen.getByRole('button', { name: /^and…/ }));
  await user.keyboard('on Messenger{Enter}');
  await user.click(await screen.findByRole('button', { name: 'yes' }));
  await user.keyboard('{Escape}');
  screen.getByRole('button', { name: /^on Messenger/ }).focus();
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'status is Won' })));
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Filter/ })));
});

const SEGMENT = '01a1ff6f-fd25-7068-a364-c278f0cf2dd1';
const openOne = (rule: unknown, path = `/segments/${SEGMENT}`) =>
  renderApp(path, { contacts: 40 }, async ({ state }) => {
    const body = { name: 'Sleeping', description: null, kind: 'static', rule, createdById: null, createdAt: 0 };
    state.tables.of('workspace_items').set(SEGMENT, { id: SEGMENT, kind: 'segment', body });
  });
const EVERYBODY = { all: [] };

test('what was written into a segment is not left without a question', async () => {
  const { user } = await openOne(EVERYBODY);
  await user.type(await screen.findByRole('textbox', { name: 'What for' }), 'Spring letter');
  await user.click(screen.getByRole('heading', { name: 'Sleeping' }));
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('textbox', { name: 'What for' })).toHaveProperty('value', 'Spring letter');
  await user.click(screen.getByRole('button', { name: 'All segments' }));
  await user.click(await screen.findByRole('button', { name: 'Throw away' }));
  await waitFor(() => expect(location.hash).toBe('#/segments'));
});

test('a segment that was saved has nothing more to save', async () => {
  const { user } = await openOne(EVERYBODY);
  await user.type(await screen.findByRole('textbox', { name: 'What for' }), 'Spring letter ');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true));
});

test('a deleted segment is taken back as it was, not made again of who meets its conditions by now', async () => {
  const { user, bridge } = await openOne(EVERYBODY);
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('Deleted the segment Sleeping');
  await user.keyboard('z');
  await waitFor(() => expect(bridge.calls.at(-1)?.method).not.toBe('command'));
  expect(bridge.calls.filter(({ method }) => method === 'outbox.takeBack')).toHaveLength(1);
  expect(bridge.calls.filter(({ args }) => (args as { name?: string }).name === 'segments.create')).toEqual([]);
});

test('a segment of a later version stands in the list without its conditions', async () => {
  await openOne({ field: 'horoscope', op: 'is', value: 'Leo' }, '/segments');
  expect(await screen.findByText('Made by a later version')).toBeTruthy();
});
