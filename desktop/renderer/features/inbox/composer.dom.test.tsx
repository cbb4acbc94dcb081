import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { renderApp } from '../../testing/render-app.tsx';

test('the composer counts characters and parts as they are billed', async () => {
  const { user } = await renderApp(`/contacts/${contactIdAt(0)}`);
  const field = await screen.findByRole('textbox', { name: /^Text to/ });
  await user.click(field);
  await user.paste('a'.repeat(161));
  expect(await screen.findByText('161')).toBeTruthy();
  expect(screen.getByText(/2 parts/)).toBeTruthy();
  await user.paste('😀');
  expect(screen.getByText(/3 parts/)).toBeTruthy();
});

test('a sent text stands in the thread at once, and the composer is empty', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactIdAt(0)}`);
  await user.type(await screen.findByRole('textbox', { name: /^Text to/ }), 'After tax.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByText('After tax.', { selector: '.msg' })).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Text to/ }).value).toBe('');
  expect(bridge.calls.findLast(({ method }) => method === 'command')?.args).toEqual({
    name: 'messages.send',
    input: { contactId: contactIdAt(0), body: 'After tax.' },
  });
});

test('offline a text is queued, says when it goes, and can be taken back', async () => {
  const { user } = await renderApp(`/contacts/${contactIdAt(0)}`, { offline: true });
  await user.type(await screen.findByRole('textbox', { name: /^Text to/ }), 'See you Thursday');
  await user.click(screen.getByRole('button', { name: /Queue/ }));
  expect(await screen.findByText(/sends when the line is back/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Unsend' }));
  await waitFor(() => expect(screen.queryByText('See you Thursday')).toBeNull());
});

test('a text the core does not take stays in the composer with the reason', async () => {
  const { user, bridge } = await renderApp(`/contacts/${contactIdAt(0)}`);
  bridge.replies.set('command', { error: { code: 'not_allowed_now', message: 'Rosalind opted out.' } });
  await user.type(await screen.findByRole('textbox', { name: /^Text to/ }), 'Hello');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect((await screen.findByRole('alert')).textContent).toContain('Rosalind opted out.');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Text to/ }).value).toBe('Hello');
});

test('for a contact who opted out the composer is closed, with the reason', async () => {
  await renderApp(`/contacts/${contactIdAt(5)}`);
  expect(await screen.findByText(/asked for no more texts/)).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: /^Text to/ })).toBeNull();
});

test('for a contact without a number the composer says what is missing', async () => {
  await renderApp(`/contacts/${contactIdAt(6)}`);
  expect(await screen.findByText('No phone number')).toBeTruthy();
});
