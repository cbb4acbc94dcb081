import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const save = (name: string, filter: SegmentRule, displayOrder: number) => async (bridge: FixtureBridge) => {
  const view = { search: '', filter, sort: 'score', order: 'desc', columns: [{ key: 'name' }] } as const;
  await bridge.call('command', {
    name: 'contactViews.save',
    input: { id: newId(), name, displayOrder, view },
  } as never);
};
const won: SegmentRule = { all: [{ field: 'leadStatus', op: 'among', values: ['won'] }] };
const hot: SegmentRule = { all: [{ field: 'sentiment', op: 'among', values: ['hot'] }] };

const open = (path: string) =>
  renderApp(path, { contacts: 40 }, async (bridge) => {
    await save('Won', won, 0)(bridge);
    await save('Hot at last', { all: [...won.all, ...hot.all] }, 1)(bridge);
  });
const views = async () => within(await screen.findByRole('list', { name: 'Saved views' }));
const rows = () => screen.getByRole('grid', { name: 'Contacts' }).getAttribute('aria-rowcount');

test('a saved view is opened from any screen by its name in the sidebar, and is marked while its list is there', async () => {
  const { user } = await open('/tasks');
  const one = (await views()).getByRole('link', { name: 'Won' });
  expect(one.getAttribute('aria-current')).toBeNull();
  one.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(rows()).toBe('9'));
  expect((await views()).getByRole('link', { name: 'Won' }).getAttribute('aria-current')).toBe('true');
  await user.click(screen.getByRole('link', { name: 'Tasks' }));
  expect((await views()).getByRole('link', { name: 'Won' }).getAttribute('aria-current')).toBeNull();
});

test('from the list itself one view takes the place of another, with its own filters', async () => {
  const { user } = await open('/contacts');
  await user.click((await views()).getByRole('link', { name: 'Hot at last' }));
  await waitFor(() => expect(location.hash).toContain('sentiment=among%3Ahot'));
  expect(await screen.findByText('Nobody meets these conditions')).toBeTruthy();
  await user.click((await views()).getByRole('link', { name: 'Won' }));
  await waitFor(() => expect(rows()).toBe('9'));
  expect(location.hash).not.toContain('sentiment');
});

test('a collapsed sidebar has no room for views', async () => {
  const { user } = await open('/tasks');
  await views();
  await user.click(screen.getByRole('button', { name: 'Collapse the sidebar' }));
  expect(screen.queryByRole('list', { name: 'Saved views' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Open the sidebar' }));
});
