import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Method } from '../../../../shared/bridge/bridge-contract.ts';
import { renderApp } from '../../testing/render-app.tsx';

const SECTIONS: [section: string, method: Method, never: RegExp][] = [
  ['profile', 'profile.get', /^No such text$/],
  ['security', 'secondFactor.get', /^Off$/],
  ['security', 'workspace.get', /^Everybody needs a second factor$/],
  ['security', 'devices.list', /^No device has signed in/],
  ['notifications', 'notifications.preferences', /^No such text$/],
  ['workspace', 'workspace.get', /^No such text$/],
  ['people', 'members.list', /^0 members$/],
  ['people', 'invitations.list', /^0 open invitations$/],
  ['numbers', 'phoneNumbers.list', /^No number yet/],
  ['integrations', 'integrations.list', /^Not checked yet$/],
  ['tokens', 'tokens.list', /^No token gives access/],
  ['data', 'exports.list', /^No such text$/],
];

test.each(SECTIONS)(
  '%s says when %s cannot be read, and is there after another try',
  async (section, method, never) => {
    const { user, bridge } = await renderApp(`/settings/${section}`, { team: true }, async ({ replies }) => {
      replies.set(method, { error: { code: 'internal', message: 'The engine is starting again.' } });
    });
    const [said] = await screen.findAllByText('This could not be read. The engine is starting again.');
    expect(said).toBeTruthy();
    expect(screen.queryByText(never)).toBeNull();
    bridge.replies.delete(method);
    const [again] = screen.getAllByRole('button', { name: 'Try again' });
    if (again) await user.click(again);
    await waitFor(() => expect(screen.queryByText(/^This could not be read/)).toBeNull());
  },
);
