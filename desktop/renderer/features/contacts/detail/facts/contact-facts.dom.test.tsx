import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../../../testing/fixture-bridge.ts';
import { contactIdAt, stageIdAt } from '../../../../testing/fixture-data.ts';
import { renderApp } from '../../../../testing/render-app.tsx';

const ID = contactIdAt(0);
const GROUP = '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a77';
const item = ({ state }: FixtureBridge, id: string, kind: string, body: object) =>
  state.tables.of('workspace_items').set(id, { id, kind, body });

async function prepare(bridge: FixtureBridge) {
  item(bridge, GROUP, 'group', { name: 'Golfers', description: null });
  const defined = [
    ['rooms', 'Rooms', 'number', null],
    ['fuel', 'Fuel', 'choice', ['Gas', 'Oil']],
    ['built', 'Built', 'date', null],
    ['pets', 'Pets', 'boolean', null],
    ['house', 'House', 'object', null],
  ] as const;
  for (const [place, [key, label, type, choices]] of defined.entries())
    item(bridge, `0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0b0${place}`, 'attribute', {
      key,
      label,
      type,
      choices,
      displayOrder: place,
    });
  Object.assign(bridge.state.tables.of('contacts').get(ID) ?? {}, {
    attributes: { house: { floors: 2, heat: { kind: 'pump' } }, constructor: 'a hostile key' },
  });
}
const open = (options = {}) => renderApp(`/contacts/${ID}`, options, prepare);
const sent = (bridge: FixtureBridge) =>
  bridge.calls.filter(({ method }) => method === 'command').map(({ args }) => args);
const choose = async (user: Awaited<ReturnType<typeof open>>['user'], button: RegExp, choice: string) => {
  await user.click(await screen.findByRole('button', { name: button }));
  await user.click(await screen.findByRole('menuitemradio', { name: choice }));
};

test('a stage is chosen where it stands, with how long it has been there, and status and mood likewise', async () => {
  const { user, bridge } = await open({ offline: true });
  expect(await screen.findByText('In this stage')).toBeTruthy();
  await choose(user, /^Stage: New lead/, 'Quote sent');
  await choose(user, /^Status: New/, 'Qualified');
  await choose(user, /^Mood: Hot/, 'Ghosted');
  expect(sent(bridge)).toMatchObject([
    { name: 'contacts.moveToStage', input: { contactIds: [ID], stageId: stageIdAt(3) } },
    { name: 'contacts.setStatus', input: { contactIds: [ID], leadStatus: 'qualified' } },
    { name: 'contacts.update', input: { id: ID, sentiment: 'ghosted' } },
  ]);
  expect(await screen.findByRole('button', { name: 'Stage: Quote sent' })).toBeTruthy();
});

test('money, keywords and a picture are typed as people type them, and what is wrong is said', async () => {
  const { user, bridge } = await open();
  const type = async (name: RegExp, field: string, text: string) => {
    await user.click(await screen.findByRole('button', { name }));
    await user.clear(screen.getByRole('textbox', { name: field }));
    await user.type(screen.getByRole('textbox', { name: field }), `${text}{Enter}`);
  };
  await type(/^Value:/, 'Value', '14.2k');
  await type(/^Keywords:/, 'Keywords', 'boiler, rebate, boiler');
  await type(/^Picture:/, 'Picture', 'me.png');
  expect((await screen.findByRole('alert')).textContent).toContain('not the address of a picture');
  expect(sent(bridge)).toEqual([
    { name: 'contacts.update', input: { id: ID, estimatedRevenueCents: 1_420_000 } },
    { name: 'contacts.update', input: { id: ID, keywords: ['boiler', 'rebate'] } },
  ]);
});

test('a contact is put into a group and taken out again, which Z undoes', async () => {
  const { user, bridge } = await open();
  const groups = within(await screen.findByRole('region', { name: 'Groups' }));
  await user.click(groups.getByRole('button', { name: 'Group' }));
  await user.click(await screen.findByRole('option', { name: 'Golfers' }));
  await user.click(await groups.findByRole('button', { name: 'Take out of Golfers' }));
  await waitFor(() => expect(groups.queryByText('Golfers')).toBeNull());
  await screen.findByText('Taken out of Golfers');
  await user.keyboard('z');
  expect(await groups.findByText('Golfers')).toBeTruthy();
  expect(sent(bridge)).toHaveLength(3);
});

test('own fields are edited by what they are, and keep the others beside them', async () => {
  const { user, bridge } = await open();
  const own = within(await screen.findByRole('region', { name: 'Own fields' }));
  expect(own.getByText('a hostile key')).toBeTruthy();
  expect(own.getByText('pump')).toBeTruthy();
  await user.click(await own.findByRole('button', { name: /^Rooms:/ }));
  await user.type(own.getByRole('textbox', { name: 'Rooms' }), 'many{Enter}');
  expect((await own.findByRole('alert')).textContent).toBe('This is not a number.');
  await user.clear(own.getByRole('textbox', { name: 'Rooms' }));
  await user.type(own.getByRole('textbox', { name: 'Rooms' }), '5{Enter}');
  await choose(user, /^Fuel:/, 'Oil');
  await choose(user, /^Pets:/, 'yes');
  await waitFor(() => expect(sent(bridge)).toHaveLength(3));
  const { attributes } = bridge.state.tables.of('contacts').get(ID) as { attributes?: Record<string, unknown> };
  expect(Object.entries(attributes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ['constructor', 'a hostile key'],
    ['fuel', 'Oil'],
    ['house', { floors: 2, heat: { kind: 'pump' } }],
    ['pets', true],
    ['rooms', 5],
  ]);
});

test('a field with parts is edited as JSON; what is no JSON is said and stays typed', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Change House' }));
  const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /^As JSON/ });
  await user.clear(text);
  await user.click(text);
  await user.paste('{"floors": 3');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('nothing was saved');
  expect(sent(bridge)).toEqual([]);
  await user.click(text);
  await user.paste('}');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent(bridge)).toMatchObject([{ input: { attributes: { house: { floors: 3 } } } }]));
});

test('a field nobody defined is added', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Add a field' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'house');
  await user.type(screen.getByRole('textbox', { name: 'Value' }), 'x{Tab}');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe('There is a field of this name.');
  await user.type(screen.getByRole('textbox', { name: 'Name' }), ' boat');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent(bridge)).toMatchObject([{ input: { attributes: { 'house boat': 'x' } } }]));
});

test('a consent is recorded with how and where from, shown, and withdrawn again', async () => {
  const { user, bridge } = await open({ offline: true });
  await user.click(await screen.findByRole('button', { name: 'Record consent: Marketing' }));
  await user.type(await screen.findByRole('textbox', { name: 'Where that is from' }), 'Spring fair');
  await user.click(screen.getByRole('button', { name: 'Record' }));
  expect(await screen.findByText('agreed for good')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Withdraw consent: Marketing' }));
  await user.type(await screen.findByRole('textbox', { name: 'Reason, if they gave one' }), 'too much');
  await user.click(screen.getByRole('button', { name: 'Withdraw' }));
  await waitFor(() => expect(screen.queryByText('agreed for good')).toBeNull());
  expect(sent(bridge)).toMatchObject([
    {
      name: 'consents.record',
      input: { contactId: ID, purpose: 'marketing', kind: 'form', source: 'Spring fair', expiresAt: null },
    },
    { name: 'consents.withdraw', input: { contactId: ID, purpose: 'marketing', reason: 'too much' } },
  ]);
});

test('how a consent was given is told from the past of the contact', async () => {
  const { bridge } = await renderApp(`/contacts/${ID}`, {}, async ({ state }) => {
    Object.assign(state.tables.of('contacts').get(ID) ?? {}, { marketingConsentUntil: Date.now() + 86_400_000 });
  });
  const consent = within(await screen.findByRole('region', { name: 'Consent' }));
  await consent.findByText(/agreed until/);
  await waitFor(() => expect(bridge.state.past.get(ID)).toBeTruthy());
  bridge.state.past.delete(ID);
  await bridge.call('history.fetch', { contactId: ID, older: false });
  await bridge.call('history.fetch', { contactId: ID, older: true });
  expect(await consent.findByText(/by a form · Spring fair/)).toBeTruthy();
});

test('who opted out is written to again only with a new consent that comes from somewhere', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Opt out…' }));
  expect(await screen.findByText(/Nothing is sent to them from then on/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Opt out' }));
  await user.click(await screen.findByRole('button', { name: 'Opt in again…' }));
  await user.click(await screen.findByRole('button', { name: 'Opt in again' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Say where the new consent comes from');
  await user.type(screen.getByRole('textbox', { name: 'Where that is from' }), 'their call on Monday');
  await user.click(screen.getByRole('button', { name: 'Opt in again' }));
  expect(await screen.findByRole('button', { name: 'Opt out…' })).toBeTruthy();
  expect(sent(bridge)).toMatchObject([
    { name: 'contacts.optOut', input: { id: ID, method: 'manual' } },
    { name: 'contacts.optIn', input: { id: ID, consent: { purpose: 'marketing', source: 'their call on Monday' } } },
  ]);
});

test('what was typed about a consent or a field is not closed away without a question', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Record consent: Marketing' }));
  await user.type(await screen.findByRole('textbox', { name: 'Where that is from' }), 'Spring fair');
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Cancel', hidden: false }));
  expect(screen.getByRole('textbox', { name: 'Where that is from' })).toHaveProperty('value', 'Spring fair');
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Throw away' }));
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Where that is from' })).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Add a field' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Roof');
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Throw away what you typed?')).toBeTruthy();
});
