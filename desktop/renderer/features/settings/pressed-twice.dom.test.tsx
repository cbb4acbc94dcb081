import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const asked = (bridge: FixtureBridge, name: string) =>
  bridge.calls.filter(({ args }) => (args as { name?: string }).name === name);

/** Answers hang until they are let go, as over a slow line. */
function slowly(bridge: FixtureBridge): () => void {
  const { call } = bridge;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  bridge.call = async (method, args) => {
    const reply = await call(method, args);
    if (method === 'online' || method === 'command') await held;
    return reply;
  };
  return () => letGo();
}

test.each([
  ['data', 'Make an export', 'privacy.exportData'],
  ['people', 'Send again', 'invitations.renew'],
  ['jobs', 'Try again', 'jobs.retry'],
])('in %s a double click on “%s” asks once', async (section, name, operation) => {
  const { user, bridge } = await renderApp(`/settings/${section}`, { team: true });
  const [button] = await screen.findAllByRole('button', { name });
  const letGo = slowly(bridge);
  if (button) await user.dblClick(button);
  expect(asked(bridge, operation)).toHaveLength(1);
  letGo();
});

test('a test is sent once, however often Enter is pressed', async () => {
  const { user, bridge } = await renderApp('/settings/integrations', { team: true });
  const form = within(await screen.findByRole('form', { name: 'Send a test over Mail' }));
  const letGo = slowly(bridge);
  await user.type(form.getByLabelText('Your address, for a test'), '{Enter}{Enter}');
  expect(asked(bridge, 'integrations.test')).toHaveLength(1);
  letGo();
  await waitFor(() => expect(form.getByRole<HTMLButtonElement>('button').disabled).toBe(false));
});
