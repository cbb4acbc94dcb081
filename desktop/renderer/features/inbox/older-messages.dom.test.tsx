import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { renderApp } from '../../testing/render-app.tsx';

const contactId = contactIdAt(0);
const conversationId = conversationIdOf(contactId, 'sms');
const OLDER = 'Do you also service ductless systems?';

async function withOlder({ state }: FixtureBridge): Promise<void> {
  const [first] = state.tables.rows('messages').filter((row) => row['conversationId'] === conversationId);
  const createdAt = Number(first?.['createdAt']) - 400 * 86_400_000;
  state.older.set(conversationId, [{ ...first, id: crypto.randomUUID(), body: OLDER, createdAt }]);
}

/** happy-dom lays nothing out, so a test says when the mark comes into sight. */
let comeIntoSight: () => void = () => {};
beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: IntersectionObserverCallback) {
        comeIntoSight = () => callback([{ isIntersecting: true } as IntersectionObserverEntry], this as never);
      }
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test('scrolling to where the texts of this computer begin loads older ones, once', async () => {
  const { bridge } = await renderApp(`/contacts/${contactId}`, {}, withOlder);
  await screen.findByRole('button', { name: 'Load older texts' });
  await act(async () => comeIntoSight());
  expect(await screen.findByText(OLDER)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /older texts/ })).toBeNull();
  expect(bridge.calls.filter(({ method }) => method === 'messages.fetchOlder')).toHaveLength(1);
});

test('without a line it says where the older texts are, and asks for nothing', async () => {
  const { bridge } = await renderApp(`/contacts/${contactId}`, { offline: true }, withOlder);
  expect(await screen.findByText('Older messages are on the server; they load when you are online.')).toBeTruthy();
  await act(async () => comeIntoSight());
  expect(bridge.calls.some(({ method }) => method === 'messages.fetchOlder')).toBe(false);
});

test('a load that fails says why, waits for a hand, and then goes through', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactId}`, {}, async (fixture) => {
    await withOlder(fixture);
    const message = 'The server is out of reach. Nothing was lost.';
    fixture.replies.set('messages.fetchOlder', { error: { code: 'unavailable', message } });
  });
  await screen.findByRole('button', { name: 'Load older texts' });
  await act(async () => comeIntoSight());
  expect((await screen.findByRole('alert')).textContent).toContain('out of reach');
  bridge.replies.clear();
  await user.click(screen.getByRole('button', { name: 'Load older texts' }));
  expect(await screen.findByText(OLDER)).toBeTruthy();
});
