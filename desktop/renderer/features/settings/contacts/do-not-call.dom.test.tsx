import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../../testing/render-app.tsx';

const asked = (bridge: Awaited<ReturnType<typeof renderApp>>['bridge'], name: string) =>
  bridge.calls.flatMap(({ method, args }) => {
    const call = args as { name?: string; input?: unknown };
    return method === 'online' && call.name === name ? [call.input] : [];
  });

test('the numbers nobody is to call are found, added in any spelling and taken off after a question', async () => {
  const { user, bridge } = await renderApp('/settings/doNotCall', { team: true });
  expect(await screen.findByText('2 numbers')).toBeTruthy();
  await user.type(screen.getByRole('textbox', { name: 'Find a number' }), '7946');
  expect(await screen.findByText(/^1 number/)).toBeTruthy();
  await user.type(screen.getByRole('textbox', { name: /in any spelling$/ }), '(415) 555-0199');
  await user.click(screen.getByRole('button', { name: 'Put it on the list' }));
  await waitFor(() => expect(asked(bridge, 'doNotCall.add')).toEqual([{ phone: '(415) 555-0199' }]));
  await user.click(await screen.findByRole('button', { name: /^Take .+ off the list$/ }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take it off' }));
  await waitFor(() => expect(asked(bridge, 'doNotCall.remove')).toEqual([{ phone: '+442079460018' }]));
});

test('without a line the list says that it is the server’s', async () => {
  await renderApp('/settings/doNotCall', { team: true, offline: true });
  expect((await screen.findAllByText(/This needs the server/)).length).toBeGreaterThan(0);
  expect(screen.queryByText(/^\d+ numbers?$/)).toBeNull();
});
