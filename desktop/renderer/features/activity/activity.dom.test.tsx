import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';

const undos = (bridge: FixtureBridge) => bridge.state.outbox.filter(({ name }) => name === 'activity.undo');

test('an act says who, from where, what was and what is', async () => {
  await renderApp('/activity', { team: true });
  const list = within(await screen.findByRole('list', { name: 'Activity' }));
  const [first] = list.getAllByRole('listitem');
  expect(first?.textContent).toMatch(/You.*on Maya’s MacBook.*Rosalind Achterberg/);
  expect(first?.textContent).toMatch(/Company.*Larkspur.*Larkspur Dental/);
  expect(first?.textContent).toMatch(/Status.*Contacted.*Qualified/);
});

test('by keyboard alone an act is taken back, at once and on top as not sent', async () => {
  const { user, bridge } = await renderApp('/activity', { team: true });
  await screen.findByRole('list', { name: 'Activity' });
  await user.keyboard('ju');
  await waitFor(() => expect(undos(bridge)).toHaveLength(1));
  expect(await screen.findByRole('region', { name: 'Not sent yet' })).toBeTruthy();
  expect(await screen.findByText(/taken back \d/)).toBeTruthy();
});

test('what was changed since is told with its author, and undone only when that is meant', async () => {
  const { user, bridge } = await renderApp('/activity', { team: true });
  await screen.findByRole('list', { name: 'Activity' });
  await user.keyboard('ju');
  await waitFor(() => expect(undos(bridge)).toHaveLength(1));
  const [entry] = undos(bridge);
  const row = bridge.state.tables.of('acts').get(String((entry?.input as { id?: string } | undefined)?.id));
  if (row) row['undoneAt'] = null;
  act(() => {
    bridge.refuse(entry?.writeId ?? '', 'This was changed since.');
    if (entry?.refusal) entry.refusal.details = { reason: 'changed_since', by: 'Theo Lindqvist' };
    bridge.changed();
  });
  expect(await screen.findByText('Not taken back: changed since by Theo Lindqvist.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
  await waitFor(() => expect(undos(bridge)[0]?.input).toMatchObject({ anyway: true }));
});

test('the sentence narrows the list and says so when nothing matches', async () => {
  const { user } = await renderApp('/activity', { team: true });
  const list = () => within(screen.getByRole('list', { name: 'Activity' })).getAllByRole('listitem');
  await screen.findByRole('list', { name: 'Activity' });
  expect(list()).toHaveLength(5);
  await user.selectOptions(screen.getByLabelText('Who'), 'Theo Lindqvist');
  await waitFor(() => expect(list()).toHaveLength(2));
  await user.type(screen.getByRole('searchbox', { name: 'Find in the activity' }), 'nothing like it');
  expect(await screen.findByText('Nobody did that')).toBeTruthy();
  const [clear] = screen.getAllByRole('button', { name: 'Show everything' });
  if (clear) await user.click(clear);
  await waitFor(() => expect(list()).toHaveLength(5));
});

test('every field of an act has words, and nothing stands as code', async () => {
  await renderApp('/activity', { team: true }, async ({ state }) => {
    const [first] = state.tables.rows('acts').toSorted((a, b) => Number(b['at']) - Number(a['at']));
    const before = { waitingSince: Date.now(), role: 'AGENT', e164: '+15035550100', retention: { messageDays: null } };
    Object.assign(first as object, { before, after: { ...before, role: 'ADMIN', retention: { messageDays: 30 } } });
  });
  const list = within(await screen.findByRole('list', { name: 'Activity' }));
  const said = list.getAllByRole('listitem')[0]?.textContent ?? '';
  expect(said).toMatch(/Waits since.*Role.*Agent.*Administrator.*Number.*\(503\) 555-0100/);
  expect(said).not.toMatch(/waitingSince|e164|AGENT|messageDays|[{}]/);
});

test('a file holds every act that matches, read step by step', async () => {
  const { user, bridge } = await renderApp('/activity', { team: true });
  await screen.findByRole('list', { name: 'Activity' });
  const files: Blob[] = [];
  URL.createObjectURL = (file) => `blob:${files.push(file as Blob)}`;
  URL.revokeObjectURL = () => {};
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await waitFor(() => expect(files).toHaveLength(1));
  expect((await files[0]?.text())?.trim().split('\r\n')).toHaveLength(6);
  expect(bridge.calls.filter(({ method }) => method === 'acts.page')).toHaveLength(3);
});

test('a file that could not be read to its end is not saved, and says so', async () => {
  const { user, bridge } = await renderApp('/activity', { team: true });
  await screen.findByRole('list', { name: 'Activity' });
  const made = vi.fn(() => 'blob:acts');
  URL.createObjectURL = made;
  bridge.replies.set('acts.page', { error: { code: 'internal', message: 'The engine is starting again.' } });
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The engine is starting again.');
  expect(made).not.toHaveBeenCalled();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save as CSV' }).disabled).toBe(false);
});

test('a file that ends before the activity does says so', async () => {
  const { user, bridge } = await renderApp('/activity', { team: true });
  await screen.findByRole('list', { name: 'Activity' });
  const list = await bridge.call('acts.list', { filter: {}, limit: 1 });
  const rows = 'data' in list ? Array.from({ length: 50_000 }, () => list.data.rows[0]) : [];
  bridge.replies.set('acts.page', { data: { rows, next: { at: Date.now(), rid: 1 }, from: 0 } });
  URL.createObjectURL = () => 'blob:acts';
  URL.revokeObjectURL = () => {};
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  const said = await screen.findByRole('alert', undefined, { timeout: 10_000 });
  expect(said.textContent).toMatch(/^The file holds the newest 100,000 acts\./);
});
