import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt } from '../../testing/fixture-data.ts';
import { addMeeting } from '../../testing/fixture-merges.ts';
import { fixtureDraft } from '../../testing/fixture-draft.ts';
import { renderApp } from '../../testing/render-app.tsx';
import { conflictsWith, EVERYWHERE, keyCatalogue } from './key-catalogue.ts';
import { chordOf, record } from './record-key.ts';

/** Keys that are no choice: of accounts, by their place. */
const isPlaced = (id: string) => id.startsWith('account.');

/** Every action with a key, as the sheet of keys has it. */
const inSheet = async () => {
  const sheet = await screen.findByRole('dialog', { name: 'Keys of this screen' });
  return [...sheet.querySelectorAll<HTMLElement>('[data-action]')].map(({ dataset }) => ({
    id: dataset['action'] ?? '',
    keys: dataset['keys'] ?? '',
  }));
};

const SCREENS: readonly [screen: string, path: string][] = [
  ['contacts', '/contacts'],
  ['contact', `/contacts/${contactIdAt(1)}`],
  ['duplicates', '/duplicates'],
  ['pipelines', '/pipelines'],
  ['segments', '/segments'],
  ['inbox', '/inbox'],
  ['day', '/day'],
  ['tasks', '/tasks'],
  ['notifications', '/notifications'],
  ['activity', '/activity'],
  ['settings', '/settings/profile'],
  ['outbox', '/outbox'],
  ['merges', '/merges'],
  ['sync', '/sync'],
  ['help', '/help'],
  ['import', '/imports/draft'],
];

test.each(SCREENS)('every key of %s can be found and changed in the settings', async (screenName, path) => {
  const { user } = await renderApp(path, { team: true }, async (bridge) => {
    bridge.state.drafts.set('draft', fixtureDraft('draft'));
    addMeeting(bridge.state, 1, { company: 'A' }, { company: 'B' }, Date.now());
    await bridge.call('command', { name: 'contacts.update', input: { id: contactIdAt(3), company: 'C' } });
  });
  await screen.findAllByRole('heading');
  await user.keyboard('j?');
  const listed = new Map(keyCatalogue().map((entry) => [entry.id, entry]));
  const shown = (await inSheet()).filter(({ id }) => !isPlaced(id));
  const unknown = shown.filter(({ id, keys }) => {
    const entry = listed.get(id);
    const here = entry?.screens.some((one) => one === EVERYWHERE || one === screenName);
    return !here || entry?.shortcuts.join(',') !== keys;
  });
  expect(unknown.map(({ id, keys }) => `${id}: ${keys}`)).toEqual([]);
  expect(shown.length).toBeGreaterThan(10);
});

test('no two actions of one screen have the same key', () => {
  const all = keyCatalogue().map((entry) => ({ ...entry, now: entry.shortcuts }));
  const met = all.flatMap((entry) =>
    entry.shortcuts.flatMap((shortcut) =>
      conflictsWith(entry, shortcut, all).map((other) => `${shortcut}: ${entry.id}, ${other.id}`),
    ),
  );
  expect(met).toEqual([]);
});

test('ids are said once', () => {
  const ids = keyCatalogue().map(({ id }) => id);
  expect(ids).toHaveLength(new Set(ids).size);
});

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ctrlKey: false,
  ...more,
});

test('a chord is written as it is matched, whatever Alt makes of a letter', () => {
  expect(chordOf(press('†', { code: 'KeyT', altKey: true }), true)).toBe('alt+t');
  expect(chordOf(press('K', { shiftKey: true, metaKey: true }), true)).toBe('mod+shift+k');
  expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?');
  expect(chordOf(press('Shift', { shiftKey: true }), false)).toBeNull();
});

test('G waits for a second key, and what the system keeps is not taken', () => {
  expect(record(null, press('g'))).toEqual({ status: 'more' });
  expect(record('g', press('x'))).toEqual({ status: 'done', shortcut: 'g x' });
  expect(record(null, press('w', { ctrlKey: true }))).toEqual({ status: 'kept' });
});
