import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { resetKeys } from '../../lib/actions/key-choices.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

afterEach(resetKeys);

const asked = (bridge: FixtureBridge, name: string) =>
  bridge.calls
    .filter(({ args }) => (args as { name?: string }).name === name)
    .map(({ args }) => (args as { input: Record<string, unknown> }).input);

test('G then comma opens the settings, and a setting is found by its name', async () => {
  const { user } = await renderApp('/contacts', { team: true });
  await screen.findByText('Rosalind Achterberg');
  await user.keyboard('g,');
  await screen.findByRole('heading', { name: 'Profile' });
  await user.keyboard('/business');
  await user.click(await screen.findByRole('link', { name: /Business hours/ }));
  expect(await screen.findByRole('heading', { name: 'Business hours' })).toBeTruthy();
  await waitFor(() => expect(location.hash).toBe('#/settings/workspace'));
});

test('a name is saved and an empty one is refused beside its field', async () => {
  const { user, bridge } = await renderApp('/settings/profile', { team: true });
  const name = await screen.findByLabelText('Your name');
  await user.clear(name);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(screen.getByRole('alert').textContent).toBe('A name needs some text');
  await user.type(name, 'Maya O.');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(bridge, 'profile.update')[0]).toMatchObject({ name: 'Maya O.' }));
});

test('a second factor is set up with a picture and a code, and its codes are shown once', async () => {
  const { user } = await renderApp('/settings/security', { team: true });
  await user.click(await screen.findByRole('button', { name: 'Set up' }));
  await user.type(await screen.findByLabelText('Password', { selector: 'input' }), 'correct horse{Enter}');
  expect(await screen.findByRole('img', { name: 'The secret as a picture to scan' })).toBeTruthy();
  expect(screen.getByLabelText('The secret to type').textContent).toBe('JBSW Y3DP EHPK 3PXP');
  await user.type(screen.getByLabelText('Code the app shows now'), '492817{Enter}');
  const codes = within(await screen.findByRole('list', { name: 'Recovery codes' }));
  expect(codes.getAllByRole('listitem')).toHaveLength(10);
  const done = screen.getByRole<HTMLButtonElement>('button', { name: 'Done' });
  expect(done.disabled).toBe(true);
  await user.click(screen.getByRole('checkbox'));
  await user.click(done);
  expect(await screen.findByText(/10 of 10 are left/)).toBeTruthy();
});

test('a lost device is wiped after a question, the one at hand is not offered', async () => {
  const { user, bridge } = await renderApp('/settings/security', { team: true });
  const other = within((await screen.findByText('Office PC')).closest('li') as HTMLElement);
  const here = within((await screen.findByText('Maya’s MacBook')).closest('li') as HTMLElement);
  expect(here.queryByRole('button')).toBeNull();
  await user.click(other.getByRole('button', { name: 'Wipe' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Wipe' }));
  expect(await screen.findByText(/is wiped when it next reaches the server/)).toBeTruthy();
  expect(asked(bridge, 'devices.wipe')).toHaveLength(1);
});

test('a key is changed, acts, is shown everywhere, and conflicts are told', async () => {
  const { user } = await renderApp('/settings/keyboard', { team: true });
  await user.click(await screen.findByRole('button', { name: /^Key for “Collapse or open the sidebar”/ }));
  await user.keyboard('z');
  expect((await screen.findByRole('alert')).textContent).toBe('Z already does “Undo the last change” there.');
  await user.click(screen.getByRole('button', { name: /^Key for “Collapse or open the sidebar”/ }));
  await user.keyboard('b');
  expect(await screen.findByRole('button', { name: 'Key for “Collapse or open the sidebar”: B' })).toBeTruthy();
  const side = screen.getByRole('button', { name: 'Collapse the sidebar' });
  expect(side.getAttribute('aria-keyshortcuts')).toBe('b');
  side.blur();
  (document.activeElement as HTMLElement | null)?.blur();
  await user.keyboard('b');
  expect(await screen.findByRole('button', { name: 'Open the sidebar' })).toBeTruthy();
  await user.keyboard('b');
  await user.click(await screen.findByRole('button', { name: /Reset 1 changed key/ }));
  expect(await screen.findByRole('button', { name: 'Key for “Collapse or open the sidebar”: [' })).toBeTruthy();
});

test('offline the readable stays and what needs the server says why', async () => {
  await renderApp('/settings/people', { team: true, offline: true });
  expect(await screen.findByText('theo@northwell.example')).toBeTruthy();
  const invite = screen.getByRole('button', { name: 'Invite somebody' });
  expect(invite.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(invite.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(
    /needs the server/,
  );
});

test('what a role may not change is shown with who may', async () => {
  await renderApp('/settings/workspace', { team: true, role: 'AGENT' });
  expect(await screen.findByText('Only administrators and the owner can change this. Ask Maya Okafor.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Name of the workspace').disabled).toBe(true);
});

test('a second factor of everybody takes one of one’s own, and says first whom it stops', async () => {
  const { user, bridge } = await renderApp('/settings/security', { team: true });
  const required = await screen.findByRole<HTMLInputElement>('switch', { name: 'Everybody needs a second factor' });
  expect(required.disabled).toBe(true);
  expect(screen.getByText('Set up a second factor of your own first, above.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Set up' }));
  await user.type(await screen.findByLabelText('Password', { selector: 'input' }), 'correct horse{Enter}');
  await user.type(await screen.findByLabelText('Code the app shows now'), '123456{Enter}');
  await user.click(await screen.findByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Done' }));
  await user.click(await screen.findByRole('switch', { name: 'Everybody needs a second factor' }));
  await user.click(await screen.findByRole('button', { name: 'Ask everybody' }));
  expect(asked(bridge, 'security.requireSecondFactor')).toEqual([{ required: true }]);
});

test('an invitation answers a link that is shown once', async () => {
  const { user, bridge } = await renderApp('/settings/people', { team: true });
  await user.click(await screen.findByRole('button', { name: 'Invite somebody' }));
  await user.type(await screen.findByLabelText('Work email'), 'grace');
  await user.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect(screen.getByRole('alert').textContent).toBe('This is not an email address');
  await user.type(screen.getByLabelText('Work email'), '@northwell.example');
  await user.click(screen.getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  expect(await screen.findByText(/crm.northwell.example\/join/)).toBeTruthy();
  expect(asked(bridge, 'members.invite')[0]).toMatchObject({ email: 'grace@northwell.example', sendMail: false });
});

test('a token is made with scopes and shown once', async () => {
  const { user, bridge } = await renderApp('/settings/tokens', { team: true });
  await user.click(await screen.findByRole('button', { name: 'New token' }));
  await user.type(await screen.findByLabelText('What uses it'), 'Report');
  await user.click(screen.getByRole('button', { name: 'Make the token' }));
  expect(screen.getByRole('alert').textContent).toBe('Choose at least one scope');
  await user.click(screen.getByLabelText('read contacts'));
  await user.click(screen.getByRole('button', { name: 'Make the token' }));
  expect((await screen.findByLabelText('The token')).textContent).toMatch(/^swb_/);
  expect(asked(bridge, 'tokens.create')[0]).toMatchObject({ name: 'Report', scopes: ['contacts:read'] });
});

test('a token of the workspace whose maker left says so', async () => {
  await renderApp('/settings/tokens', { team: true }, async ({ state }) => {
    const [own] = state.tables
      .rows<{ id: string; kind: string; body: object }>('own_items')
      .filter(({ kind }) => kind === 'token');
    const body = { ...own?.body, kind: 'service', name: 'Wall screen', outlives: 'left' };
    state.tables.of('own_items').set('left', { id: 'left', kind: 'token', body });
  });
  const row = within((await screen.findByText('Wall screen')).closest('li') as HTMLElement);
  expect(row.getByText('its maker has left')).toBeTruthy();
  expect(screen.getAllByText('its maker has left')).toHaveLength(1);
});

test('settings of another workspace are taken over only when that is meant', async () => {
  const { user, bridge } = await renderApp('/settings/data', { team: true });
  const file = new File(
    [
      JSON.stringify({
        format: 'switchboard-settings',
        version: 1,
        tenantId: '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0aff',
        settings: { currency: 'EUR' },
      }),
    ],
    'settings.json',
    { type: 'application/json' },
  );
  await user.upload(await screen.findByLabelText('File of settings'), file);
  const question = within(await screen.findByRole('dialog', { name: 'Take over settings of another workspace?' }));
  await user.click(question.getByRole('button', { name: 'Take over' }));
  expect(await screen.findByText(/1 settings? w(as|ere) taken over/)).toBeTruthy();
  expect(asked(bridge, 'workspace.importSettings').map(({ fromAnother }) => fromAnother)).toEqual([false, true]);
});

test('a failed job says why and is tried again', async () => {
  const { user, bridge } = await renderApp('/settings/jobs', { team: true });
  const failed = within((await screen.findByText('mail.send')).closest('li') as HTMLElement);
  expect(failed.getByText(/The mail server refused the password/)).toBeTruthy();
  await user.click(failed.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(asked(bridge, 'jobs.retry')).toHaveLength(1));
});

test('an invitation that is being written is thrown away only after a question', async () => {
  const { user } = await renderApp('/settings/people', { team: true });
  await user.click(await screen.findByRole('button', { name: 'Invite somebody' }));
  await user.type(await screen.findByLabelText('Work email'), 'grace@northwell.example{Escape}');
  const question = within(await screen.findByRole('dialog', { name: 'Throw away what you typed?' }));
  await user.click(question.getByRole('button', { name: 'Cancel' }));
  expect(screen.getByLabelText<HTMLInputElement>('Work email').value).toBe('grace@northwell.example');
});

test('a dialog that led to another gives the focus back to the page where the first began', async () => {
  const { user } = await renderApp('/settings/security', { team: true });
  const begin = await screen.findByRole('button', { name: 'Set up' });
  await user.click(begin);
  await user.type(await screen.findByLabelText('Password', { selector: 'input' }), 'correct horse{Enter}');
  await screen.findByRole('img', { name: 'The secret as a picture to scan' });
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(document.activeElement).toBe(begin));
});

test('only what was changed is sent, so that what a colleague changed meanwhile stands and is seen', async () => {
  const { user, bridge } = await renderApp('/settings/workspace', { team: true });
  const name = await screen.findByLabelText('Name of the workspace');
  await user.clear(name);
  await user.type(name, 'Northwell');
  const [tenant] = bridge.state.tables.rows('workspace_items').filter(({ kind }) => kind === 'tenant');
  Object.assign(tenant?.['body'] as object, { currency: 'EUR' });
  act(() => bridge.changed());
  await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('Currency').value).toBe('EUR'));
  expect(screen.getByLabelText<HTMLInputElement>('Name of the workspace').value).toBe('Northwell');
  const form = within(screen.getByRole('form', { name: 'The workspace' }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(bridge, 'workspace.update')).toEqual([{ name: 'Northwell' }]));
});

test('keeping things for a shorter time deletes for good, so it is asked for first', async () => {
  const { user, bridge } = await renderApp('/settings/data', { team: true });
  const form = within(await screen.findByRole('form', { name: 'How long things are kept' }));
  await user.clear(form.getByLabelText(/^Messages, days/));
  await user.type(form.getByLabelText(/^Messages, days/), '30{Enter}');
  const question = within(await screen.findByRole('dialog', { name: 'Keep things for a shorter time?' }));
  expect(asked(bridge, 'workspace.update')).toEqual([]);
  await user.click(question.getByRole('button', { name: 'Delete what is older' }));
  await waitFor(() => expect(asked(bridge, 'workspace.update')).toHaveLength(1));
});

test('when what had the focus is gone, the focus is on the heading of its part', async () => {
  const { user } = await renderApp('/settings/tokens', { team: true });
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText(/^No token gives access/)).toBeTruthy();
  await waitFor(() => expect(document.activeElement?.textContent).toBe('0 tokens'));
});

test('codes that are shown once do not close before they are kept, and say so', async () => {
  const { user } = await renderApp('/settings/security', { team: true });
  await user.click(await screen.findByRole('button', { name: 'Set up' }));
  await user.type(await screen.findByLabelText('Password', { selector: 'input' }), 'correct horse{Enter}');
  await user.type(await screen.findByLabelText('Code the app shows now'), '492817{Enter}');
  await screen.findByRole('list', { name: 'Recovery codes' });
  await user.keyboard('{Escape}');
  expect(screen.getByRole('alert').textContent).toBe('Keep them first and say so: they cannot be shown again.');
});

test('the name of a number is saved once by Enter, and Escape brings it back', async () => {
  const { user, bridge } = await renderApp('/settings/numbers', { team: true });
  const name = await screen.findByLabelText<HTMLInputElement>(/^Name of /);
  const before = name.value;
  await user.type(name, ' x{Escape}');
  expect(name.value).toBe(before);
  await user.clear(name);
  await user.type(name, 'Front desk{Enter}');
  await user.tab();
  await waitFor(() => expect(asked(bridge, 'phoneNumbers.label')).toHaveLength(1));
});
