import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { notificationPreferences } from '../../../../shared/notifications/notification-preferences.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { contactIdAt } from '../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';

afterEach(() => void vi.restoreAllMocks());

const CONVERSATION = conversationIdOf(contactIdAt(2), 'sms');
const banners = (bridge: FixtureBridge) => bridge.calls.filter(({ method }) => method === 'host.notify');

function arrives(bridge: FixtureBridge, more: object = {}): string {
  const id = newId<'notification'>();
  bridge.state.tables.of('notifications').set(id, {
    id,
    kind: 'SMS_REPLY',
    status: 'UNREAD',
    contactId: contactIdAt(2),
    conversationId: CONVERSATION,
    taskId: null,
    params: { preview: 'Are you there?' },
    count: 1,
    createdAt: Date.now(),
    readAt: null,
    ...more,
  });
  act(() => bridge.changed());
  return id;
}

async function away(prepare?: (bridge: FixtureBridge) => Promise<void>) {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const app = await renderApp('/contacts', { team: true }, prepare);
  await screen.findByRole('link', { name: /Notifications.*3/ });
  return app;
}

test('the bell counts what is unread, and the list says it in words', async () => {
  const { user } = await renderApp('/contacts', { team: true });
  await user.click(await screen.findByRole('link', { name: /Notifications.*3/ }));
  const list = within(await screen.findByRole('list', { name: 'Notifications' }));
  expect(list.getAllByRole('listitem')).toHaveLength(3);
  expect(list.getByText('Rosalind Achterberg wrote 2 texts')).toBeTruthy();
  expect(list.getByText('Theo Lindqvist gave you a task')).toBeTruthy();
});

test('by keyboard alone: archive, take it back, read all, go there', async () => {
  const { user } = await renderApp('/notifications', { team: true });
  await screen.findByText('Rosalind Achterberg wrote 2 texts');
  await user.keyboard('je');
  await waitFor(() => expect(screen.queryByText('Rosalind Achterberg wrote 2 texts')).toBeNull());
  await user.keyboard('z');
  await screen.findByText('Rosalind Achterberg wrote 2 texts');
  await user.keyboard('{Shift>}u{/Shift}');
  expect(await screen.findByText('You have read everything')).toBeTruthy();
  await user.keyboard('z');
  await screen.findByText('Due: Call back about the rebate');
  await user.keyboard('k{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/contacts/${contactIdAt(0)}`));
});

test('clearing takes all of the kind that is shown, and gives each back as it was', async () => {
  const { user, bridge } = await renderApp('/notifications', { team: true });
  await screen.findByText('Rosalind Achterberg wrote 2 texts');
  await user.click(screen.getByRole('button', { name: 'All' }));
  await user.selectOptions(screen.getByLabelText('Kind'), 'CONTACT_ASSIGNED');
  await screen.findByText('Theo Lindqvist gave you Tomasz Harrow');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  await screen.findByText('Nothing yet');
  await user.keyboard('z');
  await screen.findByText('Theo Lindqvist gave you Tomasz Harrow');
  const row = bridge.state.tables.rows('notifications').find(({ kind }) => kind === 'CONTACT_ASSIGNED');
  expect(row?.['status']).toBe('READ');
});

test('one banner for each that arrives while nobody looks, with its place', async () => {
  const { bridge } = await away();
  const id = arrives(bridge);
  await waitFor(() => expect(banners(bridge)).toHaveLength(1));
  expect(banners(bridge)[0]?.args).toEqual({
    id,
    title: 'Marguerite Halvorsen wrote',
    body: 'Are you there?',
    route: `#/contacts/${contactIdAt(2)}`,
    silent: false,
  });
  act(() => bridge.changed());
  expect(banners(bridge)).toHaveLength(1);
});

test('many that arrive at once, after days without a line, are one banner', async () => {
  const { bridge } = await away();
  const template = bridge.state.tables.rows('notifications').find(({ kind }) => kind === 'SMS_REPLY');
  for (let place = 0; place < 5; place++) {
    const id = newId<'notification'>();
    bridge.state.tables.of('notifications').set(id, { ...template, id });
  }
  act(() => bridge.changed());
  await waitFor(() => expect(banners(bridge)).toHaveLength(1));
  expect(banners(bridge)[0]?.args).toMatchObject({ title: '5 new notifications', route: '#/notifications' });
});

test('no banner for who looks at the window', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const { bridge } = await renderApp('/contacts', { team: true });
  await screen.findByRole('link', { name: /Notifications.*3/ });
  arrives(bridge);
  await screen.findByRole('link', { name: /Notifications.*4/ });
  expect(banners(bridge)).toEqual([]);
});

test('a muted conversation counts and makes no banner', async () => {
  const { bridge } = await away(async ({ state }) => {
    const body = { conversationId: CONVERSATION, until: null };
    state.tables.of('own_items').set('mute', { id: 'mute', kind: 'mute', body });
  });
  arrives(bridge);
  await screen.findByRole('link', { name: /Notifications.*4/ });
  expect(banners(bridge)).toEqual([]);
});

test('quiet times hold banners back, but not what touches safety', async () => {
  const { bridge } = await away(async ({ state }) => {
    const body = notificationPreferences.parse({
      quiet: { from: 0, to: 0, days: [0, 1, 2, 3, 4, 5, 6] },
      sound: false,
    });
    state.tables.of('own_items').set('preferences', { id: 'preferences', kind: 'notification_preferences', body });
  });
  arrives(bridge);
  arrives(bridge, { kind: 'SECURITY', contactId: null, conversationId: null, params: { what: 'password_changed' } });
  await waitFor(() => expect(banners(bridge)).toHaveLength(1));
  expect(banners(bridge)[0]?.args).toMatchObject({ title: 'Your password was changed', silent: true });
});

test('opening a conversation marks its notifications as read', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const { bridge } = await renderApp(`/contacts/${contactIdAt(0)}`, { team: true });
  await screen.findByRole('heading', { name: 'Rosalind Achterberg' });
  await screen.findByRole('link', { name: /Notifications.*2/ });
  const row = bridge.state.tables.rows('notifications').find(({ kind }) => kind === 'SMS_REPLY');
  expect(row?.['status']).toBe('READ');
});

test('a conversation is muted from its head, and unmuted by the same key', async () => {
  const { user, bridge } = await renderApp('/inbox', { team: true });
  await screen.findByRole('button', { name: 'Mute the conversation' });
  await user.keyboard('m');
  await user.click(await screen.findByRole('menuitem', { name: 'Mute for good' }));
  expect(await screen.findByRole('button', { name: 'Muted for good. Press for banners again' })).toBeTruthy();
  await user.keyboard('m');
  expect(await screen.findByRole('button', { name: 'Mute the conversation' })).toBeTruthy();
  expect(bridge.state.tables.rows('own_items').some(({ kind }) => kind === 'mute')).toBe(false);
});

test('a conversation is muted from what one was told of it', async () => {
  const { user, bridge } = await renderApp('/notifications', { team: true });
  const told = within((await screen.findByText('Rosalind Achterberg wrote 2 texts')).closest('li') as HTMLElement);
  await user.click(told.getByRole('button', { name: 'Mute the conversation' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Mute for good' }));
  expect(await told.findByRole('img', { name: 'Muted' })).toBeTruthy();
  expect(bridge.state.tables.rows('own_items').some(({ kind }) => kind === 'mute')).toBe(true);
});

test('a conversation is muted on the page of its contact too', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactIdAt(2)}`, { team: true });
  const texts = within(await screen.findByRole('region', { name: 'Texts' }));
  await user.click(await texts.findByRole('button', { name: 'Mute the conversation' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Mute for 1 hour' }));
  expect(await texts.findByRole('button', { name: /^Muted until/ })).toBeTruthy();
  expect(bridge.state.tables.rows('own_items').some(({ kind }) => kind === 'mute')).toBe(true);
});
