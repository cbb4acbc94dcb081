import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Method } from '../../../shared/bridge/bridge-contract.ts';
import { renderApp } from '../testing/render-app.tsx';

const PAGES: [path: string, method: Method, words: string][] = [
  ['/contacts', 'contacts.window', 'The contacts could not be read'],
  ['/pipelines', 'contacts.setup', 'The pipelines could not be read'],
  ['/pipelines', 'pipelines.board', 'The board could not be read'],
  ['/segments', 'contacts.setup', 'The segments could not be read'],
  ['/segments/01a1ff6f-fd25-7068-a364-c278f0cf2dd1', 'contacts.setup', 'The segments could not be read'],
  ['/day', 'day.get', 'The tasks could not be read'],
  ['/tasks', 'tasks.list', 'The tasks could not be read'],
  ['/notifications', 'notifications.list', 'The notifications could not be read'],
  ['/activity', 'acts.list', 'The activity could not be read'],
  ['/outbox', 'outbox.list', 'The outbox could not be read'],
  ['/merges', 'merges.list', 'The changes that met could not be read'],
  ['/duplicates', 'duplicates.scan', 'The duplicates could not be looked for'],
  ['/sync', 'sync.inspect', 'The data on this computer could not be looked at'],
];

test.each(PAGES)('%s says so when it cannot be read, and is there after another try', async (path, method, words) => {
  const { user, bridge } = await renderApp(path, { team: true }, async ({ replies }) => {
    replies.set(method, { error: { code: 'internal', message: 'The engine is starting again.' } });
  });
  expect(await screen.findByText(words, undefined, { timeout: 10_000 })).toBeTruthy();
  bridge.replies.delete(method);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => screen.queryByText(words)).toBeNull();
});
