import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

const names = () => screen.getAllByRole('option').map((option) => option.querySelector('.name')?.textContent);

test('who waits longest stands first and is open', async () => {
  await renderApp('/inbox');
  await screen.findByRole('listbox', { name: 'Conversations' });
  expect(names()[0]).toBe('Tomasz Harrow');
  expect(await screen.findByRole('heading', { name: 'Tomasz Harrow' })).toBeTruthy();
  expect(screen.getByText('4 people waiting')).toBeTruthy();
});

test('E marks the conversation as done, and Z takes that back', async () => {
  const { user, bridge } = await renderApp('/inbox');
  await screen.findByRole('heading', { name: 'Tomasz Harrow' });
  await user.keyboard('e');
  expect(await screen.findByText('3 people waiting')).toBeTruthy();
  await screen.findByText('Done with Tomasz Harrow');
  await user.keyboard('z');
  await waitFor(() =>
    expect(bridge.calls.findLast(({ method }) => method === 'command')?.args).toMatchObject({
      input: { status: 'OPEN' },
    }),
  );
});

test('J opens the next conversation', async () => {
  const { user } = await renderApp('/inbox');
  await screen.findByRole('heading', { name: 'Tomasz Harrow' });
  await user.keyboard('j');
  expect(await screen.findByRole('heading', { name: 'Marguerite Halvorsen' })).toBeTruthy();
});

test('a text that failed says why', async () => {
  const { user } = await renderApp('/inbox');
  await user.click(await screen.findByRole('button', { name: /^Open 12/ }));
  const failed = (await screen.findAllByRole('option')).find((option) => option.textContent?.includes('Bartholomew'));
  if (failed) await user.click(failed);
  expect(await screen.findByText(/Not delivered · the number is a landline \(30006\)/)).toBeTruthy();
});

test('with nobody waiting the inbox says so and leads to the open ones', async () => {
  await renderApp('/inbox', { contacts: 0 });
  expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
});

test('the keys work on after a conversation was chosen by mouse', async () => {
  const { user } = await renderApp('/inbox');
  await user.click((await screen.findAllByRole('option'))[1] as HTMLElement);
  await screen.findByRole('heading', { name: 'Marguerite Halvorsen' });
  await user.keyboard('k');
  expect(await screen.findByRole('heading', { name: 'Tomasz Harrow' })).toBeTruthy();
});
