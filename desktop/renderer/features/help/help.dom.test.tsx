import { render, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';
import { setPreferences } from '../../lib/preferences.ts';
import { ARTICLES, articleIn } from './articles.ts';
import { Markdown } from './markdown.tsx';

test('an article is found by its words and read in the language of the reader', async () => {
  const { user } = await renderApp('/help');
  await user.type(await screen.findByLabelText('Find in the help'), 'recovery codes');
  const list = within(screen.getByRole('navigation', { name: 'Articles' }));
  expect(list.getAllByRole('link').map((link) => link.textContent)).toEqual(['Keeping your account safe']);
  await user.click(list.getByRole('link'));
  expect(await screen.findByRole('heading', { name: 'Keeping your account safe' })).toBeTruthy();
  setPreferences({ language: 'es' });
  expect(await screen.findByRole('heading', { name: 'Mantener segura tu cuenta' })).toBeTruthy();
});

test('every article is written, with a title of its own', () => {
  const articles = ARTICLES.map((id) => articleIn(id, 'en'));
  expect(articles.filter(({ title, text }) => !title || text.length < 100)).toEqual([]);
  expect(new Set(articles.map(({ title }) => title)).size).toBe(ARTICLES.length);
});

test('HTML in an article stands as letters, and links and pictures are none', () => {
  const { container } = render(
    <Markdown
      text={'Hello <img src=x onerror=alert(1)> **bold**\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))'}
    />,
  );
  expect(container.querySelector('img, script, a')).toBeNull();
  expect(container.textContent).toContain('<script>alert(1)</script>');
  expect(container.querySelector('strong')?.textContent).toBe('bold');
});

test('the tour goes in five steps, can be left and resumed, and ends for good', async () => {
  const { user, bridge } = await renderApp('/contacts', { firstRun: true });
  const tour = within(await screen.findByRole('region', { name: 'Tour' }));
  await user.click(tour.getByRole('button', { name: 'Next' }));
  expect(tour.getByText('Everything by key')).toBeTruthy();
  await user.click(tour.getByRole('button', { name: 'Later' }));
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();

  await user.keyboard('g?');
  await user.click(await screen.findByRole('button', { name: 'Take the tour' }));
  const again = within(await screen.findByRole('region', { name: 'Tour' }));
  expect(again.getByText('Everything by key')).toBeTruthy();
  for (let step = 0; step < 3; step++) await user.click(again.getByRole('button', { name: 'Next' }));
  await user.click(again.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull());
  const marks = bridge.calls.filter(({ args }) => (args as { name?: string }).name === 'profile.markSeen');
  expect(marks.map(({ args }) => (args as { input: unknown }).input)).toEqual([{ what: ['tour'] }]);
});

test('whoever has seen the tour on another computer does not see it here', async () => {
  await renderApp('/contacts');
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull();
});
