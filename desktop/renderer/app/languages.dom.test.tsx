import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { setPreferences } from '../lib/preferences.ts';
import { SECTIONS } from '../features/settings/settings-sections.ts';
import { contactIdAt } from '../testing/fixture-data.ts';
import { fixtureDraft } from '../testing/fixture-draft.ts';
import { addMeeting } from '../testing/fixture-merges.ts';
import type { FixtureBridge } from '../testing/fixture-bridge.ts';
import { renderApp } from '../testing/render-app.tsx';

/** Formats of dates and sizes, and names of things that have none in another language. */
const STANDS =
  /^(Switchboard|English|Español|Apache-2.0|zod|uqr|marked|React|Lucide|Electron|Electric|i18next|libphonenumber-js|Tailwind CSS|Public domain, MIT|MIT|TanStack .*|SQLite, .*|Radix UI, .*|Inter, .*|swb_.*|Change fields of a contact: .*|.* \(\+\d+\)|⟦\d.*|SMS|[\d.,:]+ (kB|MB|GB|bytes)|\w+ \d+ \w+|\w+, \d+ \w+ \d+ at .*|\d+ \w+|.* · .* · .*|https?:.*|⟦?(Mon|Tue|Wed|Thu|Fri|Sat|Sun).*|[A-Z][a-z]+\/[\w/ +-]+|.* \([A-Z]{3}\))$/u;

const ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/** Everything a person reads or hears on the page, text by text. */
function readable(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const name of ATTRIBUTES) texts.push(node.getAttribute(name) ?? '');
    } else if (!node.parentElement?.closest('style, script, code, kbd, mark')) texts.push(node.textContent ?? '');
  }
  return texts.map((text) => text.trim()).filter((text) => /[a-z]{2}/u.test(text));
}

/** What people wrote or are called stands as it is: whole, or names side by side. Numbers, dates and units too. */
const isData = (bridge: FixtureBridge) => {
  const { tables, drafts, session } = bridge.state;
  const rows = SYNCED_TABLES.map(({ name }) => tables.rows(name));
  const data = JSON.stringify([rows, [...drafts.values()], session]);
  const names = new Set(JSON.stringify([tables.rows('contacts'), session, [...drafts.values()]]).match(/\p{L}{2,}/gu));
  return (text: string) =>
    data.includes(JSON.stringify(text).slice(1, -1)) ||
    (text.match(/\p{L}{2,}/gu) ?? []).every((word) => names.has(word)) ||
    SYNCED_TABLES.some(({ name }) => name === text) ||
    STANDS.test(text);
};

const fill = async (bridge: FixtureBridge) => {
  const { state } = bridge;
  const edit = (index: number, company: string) =>
    bridge.call('command', { name: 'contacts.update', input: { id: contactIdAt(index), company } });
  await edit(3, 'Wiśniewski Heating');
  const refused = await edit(1, 'Oyelaran & Sons');
  if ('data' in refused)
    bridge.refuse(refused.data.writeId, 'The owner is not a member of your team.', { company: 'Oyelaran Ltd' });
  addMeeting(state, 1, { company: 'Oyelaran Ltd' }, { company: 'Oyelaran & Sons' }, Date.now());
  state.drafts.set('draft', fixtureDraft('draft'));
};

const PAGES = [
  '/contacts',
  '/dashboard',
  `/contacts/${contactIdAt(0)}`,
  '/inbox',
  '/outbox',
  '/sync',
  '/merges',
  '/imports',
  '/imports/draft',
  '/nowhere',
];

/** Of a team at work: what it has around the contacts. */
const TEAM_PAGES = [
  '/day',
  '/tasks',
  '/notifications',
  '/activity',
  ...SECTIONS.map((section) => `/settings/${section}`),
];

/** A text in plain letters was never translated. */
function expectNothingPlain(bridge: FixtureBridge): void {
  const known = isData(bridge);
  const plain = readable().filter((text) => !/[ȧḗīǿŭ]/u.test(text) && !known(text));
  expect([...new Set(plain)]).toEqual([]);
}

test.each([
  ['the palette', '{Control>}k{/Control}', 'dialog'],
  ['the keys of a screen', '?', 'dialog'],
  ['a new contact', 'n', 'dialog'],
])('%s speaks another language, every word of it', async (_, keys, role) => {
  const { bridge, user } = await renderApp('/contacts');
  await screen.findByText('Rosalind Achterberg');
  act(() => setPreferences({ language: 'en-XA' }));
  await user.keyboard(keys);
  await screen.findByRole(role);
  expectNothingPlain(bridge);
});

test('signing in and signing up speak another language, every word of it', async () => {
  const { bridge, user } = await renderApp('/', { signedOut: true }, async ({ state }) => {
    state.session = { status: 'signed-out', left: [{ email: 'maya@northwell.example', pending: 7 }] };
  });
  await screen.findByRole('heading', { name: 'Sign in' });
  act(() => setPreferences({ language: 'en-XA' }));
  expectNothingPlain(bridge);
  await user.click(screen.getByRole('button', { name: '⟦Şŧȧȧřŧ ẇīīŧħ ẏǿǿŭŭř ŧḗḗȧȧḿ⟧' }));
  expectNothingPlain(bridge);
});

test.each(PAGES)('%s speaks another language as soon as it is chosen, every word of it', async (path) => {
  const { bridge } = await renderApp(path, {}, fill);
  await waitFor(() => expect(readable().length).toBeGreaterThan(20));
  act(() => setPreferences({ language: 'en-XA' }));
  await waitFor(() => expect(document.documentElement.lang).toBe('en-XA'));
  expectNothingPlain(bridge);
});

test.each(TEAM_PAGES)('%s of a team speaks another language, every word of it', async (path) => {
  const { bridge } = await renderApp(path, { team: true, firstRun: true });
  await waitFor(() => expect(readable().length).toBeGreaterThan(20));
  act(() => setPreferences({ language: 'en-XA' }));
  await waitFor(() => expect(document.documentElement.lang).toBe('en-XA'));
  expectNothingPlain(bridge);
});

test('a text that is being written survives the change of language', async () => {
  const { user } = await renderApp('/contacts');
  const search = await screen.findByRole('searchbox', { name: 'Find in contacts' });
  await user.type(search, 'zzz');
  act(() => setPreferences({ language: 'es' }));
  expect(await screen.findByRole('searchbox', { name: 'Buscar en contactos' })).toBe(search);
  expect((search as HTMLInputElement).value).toBe('zzz');
  expect(document.documentElement.lang).toBe('es');
});

test('the language is chosen in the menu by its own name', async () => {
  const { user } = await renderApp('/contacts');
  await user.click(await screen.findByRole('button', { name: /Maya Okafor/ }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Español' }));
  expect(await screen.findByRole('heading', { name: 'Contactos' })).toBeTruthy();
});
