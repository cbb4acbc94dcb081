import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt, stageIdAt } from '../../testing/fixture-data.ts';
import type { FixtureBridge } from '../../testing/fixture-bridge.ts';
import { renderApp } from '../../testing/render-app.tsx';

const [KEPT, TWIN, LIKE] = [contactIdAt(0), contactIdAt(1), contactIdAt(2)] as const;

/** The second contact has the first one's number, the third its name and nearly its firm. */
async function twins({ state }: FixtureBridge) {
  const contacts = state.tables.of('contacts');
  const [kept, twin, like] = [KEPT, TWIN, LIKE].map((id) => contacts.get(id)) as Record<string, unknown>[];
  Object.assign(twin ?? {}, {
    phone: kept?.['phone'],
    firstName: 'Rosalinda',
    lastName: 'Achterberg',
    stageId: stageIdAt(1),
  });
  Object.assign(like ?? {}, { firstName: 'Rosalind', lastName: 'Achterburg', company: 'Larkspur Dental Inc' });
}
const open = (path = '/duplicates', options = {}) => renderApp(path, options, twins);
const sent = (bridge: FixtureBridge) =>
  bridge.calls
    .filter(({ method }) => method === 'command')
    .map(({ args }) => args as { name: string; input: Record<string, unknown> });
const pairs = async () => within(await screen.findByRole('list', { name: 'Pairs' })).getAllByRole('button');

test('pairs stand by certainty with why, and J and K go through them', async () => {
  const { user } = await open();
  const [first, second] = await pairs();
  expect(first?.textContent).toContain('Rosalind Achterberg · Rosalinda Achterberg');
  expect(first?.textContent).toContain('same phone number');
  expect(second?.textContent).toContain('nearly the same name');
  expect(first?.getAttribute('aria-current')).toBe('true');
  await user.keyboard('j');
  await waitFor(() => expect(second?.getAttribute('aria-current')).toBe('true'));
  await user.keyboard('k');
  await waitFor(() => expect(first?.getAttribute('aria-current')).toBe('true'));
});

test('arrows choose what stays of each field, Enter merges, and Z takes it back', async () => {
  const { user, bridge } = await open();
  await pairs();
  const firstName = await screen.findByRole('radiogroup', { name: 'First name' });
  expect(within(firstName).getByRole<HTMLInputElement>('radio', { name: 'Rosalind' }).checked).toBe(true);
  await user.keyboard('{ArrowRight}');
  await waitFor(() =>
    expect(within(firstName).getByRole<HTMLInputElement>('radio', { name: 'Rosalinda' }).checked).toBe(true),
  );
  await user.keyboard('{ArrowDown}{ArrowRight}{Enter}');
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]).toMatchObject({
    name: 'contacts.merge',
    input: { keepId: KEPT, mergeId: TWIN, fields: { firstName: 'Rosalinda', company: 'Fontaine & Daughters' } },
  });
  expect(bridge.state.tables.of('contacts').get(KEPT)).toMatchObject({ firstName: 'Rosalinda' });
  expect(bridge.state.tables.of('contacts').has(TWIN)).toBe(false);
  await screen.findByText('Merged Rosalinda Achterberg');
  await user.keyboard('z');
  await waitFor(() => expect(bridge.state.tables.of('contacts').has(TWIN)).toBe(true));
});

test('the sidebar leads to them, with how many are open', async () => {
  const { user } = await open('/contacts');
  const link = await screen.findByRole('link', { name: /^Duplicates/ });
  await user.click(link);
  const total = (await pairs()).length;
  await screen.findByRole('radiogroup', { name: 'First name' });
  await user.keyboard('x');
  await waitFor(() => expect(link.textContent).toBe(`Duplicates${total - 1}`));
});

test('two who are not the same person are not asked about again', async () => {
  const { user, bridge } = await open();
  const before = (await pairs()).length;
  await screen.findByRole('radiogroup', { name: 'First name' });
  await user.keyboard('x');
  await waitFor(() => expect(sent(bridge)).toEqual([{ name: 'contacts.notDuplicates', input: { a: KEPT, b: TWIN } }]));
  await waitFor(async () => expect(await pairs()).toHaveLength(before - 1));
});

test('the other one may be the one that stays, also without a line', async () => {
  const { user, bridge } = await open('/duplicates', { offline: true });
  await pairs();
  await screen.findByRole('radiogroup', { name: 'First name' });
  await user.keyboard('s');
  expect(await screen.findByRole('heading', { name: /^Rosalinda Achterberg stays/ })).toBeTruthy();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(sent(bridge)[0]).toMatchObject({ input: { keepId: TWIN, mergeId: KEPT } }));
});

test('from the page of a contact another one is found and merged into it', async () => {
  const { user, bridge } = await open(`/contacts/${KEPT}`);
  await user.click(await within(screen.getByRole('main')).findByRole('button', { name: 'More' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Merge with…' }));
  await user.type(await screen.findByPlaceholderText('Name, number, email or company'), 'Rosalinda');
  await user.click(await screen.findByRole('option', { name: /Rosalinda Achterberg/ }));
  await user.click(await screen.findByRole('button', { name: 'Merge' }));
  await waitFor(() => expect(sent(bridge)[0]).toMatchObject({ input: { keepId: KEPT, mergeId: TWIN } }));
  await waitFor(() => expect(location.hash).toContain(`/contacts/${KEPT}`));
});

test('who may only read sees the pairs and changes nothing', async () => {
  const { user, bridge } = await open('/duplicates', { role: 'VIEWER' });
  await pairs();
  await screen.findByRole('radiogroup', { name: 'First name' });
  expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
  await user.keyboard('{Enter}x');
  expect(sent(bridge)).toEqual([]);
});

test('the stage is chosen too, given after the merge and taken back before it; what was chosen outlives keeping the other one', async () => {
  const { user, bridge } = await open();
  await pairs();
  const stage = await screen.findByRole('radiogroup', { name: 'Stage' });
  await user.click(await within(stage).findByRole('radio', { name: 'Contacted' }));
  await user.keyboard('ss');
  const again = await screen.findByRole('radiogroup', { name: 'Stage' });
  await waitFor(() =>
    expect(within(again).getByRole<HTMLInputElement>('radio', { name: 'Contacted' }).checked).toBe(true),
  );
  await user.click(screen.getByRole('button', { name: 'Merge' }));
  await waitFor(() => expect(sent(bridge)).toHaveLength(2));
  expect(sent(bridge)[0]?.input['fields']).toEqual({});
  expect(sent(bridge)[1]).toMatchObject({
    name: 'contacts.moveToStage',
    input: { contactIds: [KEPT], stageId: stageIdAt(1) },
  });
  await user.keyboard('z');
  await waitFor(() => expect(bridge.state.tables.of('contacts').has(TWIN)).toBe(true));
  expect(bridge.state.tables.of('contacts').get(KEPT)).toMatchObject({ stageId: stageIdAt(0) });
});

test('the arrows mean the field that has the focus', async () => {
  const { user } = await open();
  await pairs();
  const company = await screen.findByRole('radiogroup', { name: 'Company' });
  within(company).getByRole('radio', { name: 'Larkspur Dental' }).focus();
  await user.keyboard('{ArrowRight}');
  await waitFor(() =>
    expect(within(company).getByRole<HTMLInputElement>('radio', { name: 'Fontaine & Daughters' }).checked).toBe(true),
  );
});

test('who opted out stays opted out from the moment of the merge on', async () => {
  const { user, bridge } = await renderApp('/duplicates', {}, async (fixtures) => {
    await twins(fixtures);
    Object.assign(fixtures.state.tables.of('contacts').get(TWIN) ?? {}, { optedOutAt: 1_700_000_000_000 });
  });
  await pairs();
  await screen.findByRole('radiogroup', { name: 'First name' });
  await user.keyboard('{Enter}');
  await waitFor(() =>
    expect(bridge.state.tables.of('contacts').get(KEPT)).toMatchObject({ optedOutAt: 1_700_000_000_000 }),
  );
});
