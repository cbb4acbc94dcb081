import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { renderApp } from '../../testing/render-app.tsx';

const input = { id: contactIdAt(1), company: 'Oyelaran & Sons' };

async function refusedEdit(bridge: FixtureBridge) {
  const reply = await bridge.call('command', { name: 'contacts.update', input });
  if ('data' in reply) bridge.refuse(reply.data.writeId, 'Theo changed it.', { company: 'Oyelaran Ltd' });
}

test('every stream, the outbox by state and what this computer keeps are on one page, reached by G then S', async () => {
  const { user } = await renderApp('/contacts', {}, refusedEdit);
  await screen.findByRole('button', { name: /1 edit refused/ });
  await user.keyboard('gs');
  const streams = within(await screen.findByRole('group', { name: 'Table of streams' }));
  expect(streams.getByRole('row', { name: /^Contacts 40 Live/ })).toBeTruthy();
  expect(streams.getByRole('row', { name: /^Messages \d+ Fetched anew beside/ })).toBeTruthy();
  const outbox = within(screen.getByRole('region', { name: 'Changes on this computer' }));
  expect(outbox.getByRole('row', { name: /^Refused, needs you 1/ })).toBeTruthy();
  expect(outbox.getByText('Refused because of: conflict (1)')).toBeTruthy();
  expect(screen.getByText('691 MB')).toBeTruthy();
});

test('the report has places, counts and versions, and nothing of people', async () => {
  const { user } = await renderApp('/sync', {}, refusedEdit);
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(await screen.findByRole('button', { name: 'Copy report' }));
  await screen.findByRole('button', { name: 'Copied' });
  const report = String(write.mock.calls[0]?.[0]);
  expect(report).toContain('contacts: live, 40 rows, handle 83750194-1795262400000123');
  expect(report).toContain('Refused by code\nconflict: 1');
  expect(report).not.toMatch(/maya|okafor|northwell heating|oyelaran|theo/i);
});

test('rebuilding asks in plain words what stays, and only then begins', async () => {
  const { user, bridge } = await renderApp('/sync', {}, refusedEdit);
  await user.click(await screen.findByRole('button', { name: 'Rebuild the data on this computer' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Rebuild the data on this computer?' }));
  expect(dialog.getByText(/1 refused one stays, nothing is deleted on the server/)).toBeTruthy();
  expect(bridge.calls.some(({ method }) => method === 'sync.rebuild')).toBe(false);
  await user.click(dialog.getByRole('button', { name: 'Rebuild' }));
  expect(await screen.findByText('First sync: 0 contacts are here')).toBeTruthy();
  expect(bridge.state.outbox).toHaveLength(1);
});

test('a rebuild that fails says why on the page', async () => {
  const { user } = await renderApp('/sync', {}, async (bridge) => {
    const message = 'The disk is full, so this was not saved.';
    bridge.replies.set('sync.rebuild', { error: { code: 'limit_reached', message } });
  });
  await user.click(await screen.findByRole('button', { name: 'Rebuild the data on this computer' }));
  await user.click(await screen.findByRole('button', { name: 'Rebuild' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
});

test('without a line rebuilding is closed with its reason', async () => {
  await renderApp('/sync', { offline: true });
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Rebuild the data on this computer' });
  expect(button.disabled).toBe(true);
  expect(screen.getByText(/Rebuilding waits for the line/)).toBeTruthy();
});

test('choosing fewer days of messages and a quota is told in words at once', async () => {
  const { user, bridge } = await renderApp('/sync');
  expect(await screen.findByText('All messages of the workspace are on this computer.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '90 days' }));
  expect(
    await screen.findByText(/^Messages of the last 90 days, back to the start of that month, are on this computer\./),
  ).toBeTruthy();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Most that the data may take' }), '2.0 GB');
  await waitFor(() => expect(bridge.state.storage).toMatchObject({ chosenDays: 90, quotaBytes: 2_000_000_000 }));
  expect(await screen.findByText(/older messages that were loaded go first/)).toBeTruthy();
});

test('a workspace that allows fewer days than were chosen says so', async () => {
  await renderApp('/sync', {}, async ({ state }) => {
    Object.assign(state.storage, { chosenDays: 365, workspaceDays: 90 });
  });
  expect(await screen.findByText(/last 90 days.*The workspace lets computers keep no more than 90 days/)).toBeTruthy();
});

test('an administrator limits the messages of every computer, nobody else is asked', async () => {
  const label = 'Most that any computer of the workspace keeps';
  const { bridge, user } = await renderApp('/sync', {}, async ({ state }) => withRole(state, 'ADMIN'));
  await user.selectOptions(await screen.findByRole('combobox', { name: label }), '90 days');
  expect(bridge.calls.findLast(({ method }) => method === 'command')?.args).toEqual({
    name: 'workspace.setMessageDays',
    input: { messageDays: 90 },
  });
});

test('an agent has no say in what other computers keep', async () => {
  await renderApp('/sync', {}, async ({ state }) => withRole(state, 'AGENT'));
  await screen.findByText('Messages kept on this computer');
  expect(screen.queryByRole('combobox', { name: /any computer of the workspace/ })).toBeNull();
});

function withRole(state: FixtureBridge['state'], role: 'ADMIN' | 'AGENT'): void {
  if (state.session.status === 'signed-in') state.session.identity.role = role;
}
