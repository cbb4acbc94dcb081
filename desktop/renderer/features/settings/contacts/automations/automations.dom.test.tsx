import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FixtureBridge } from '../../../../testing/fixture-bridge.ts';
import { renderApp } from '../../../../testing/render-app.tsx';

const sent = (bridge: FixtureBridge) => bridge.state.outbox.map(({ name, input }) => ({ name, input }));
const open = (options = {}) => renderApp('/settings/automations', { team: true, ...options });

test('an automation reads as a sentence, with its conditions', async () => {
  await open();
  expect(
    await screen.findByText(
      'When somebody has been New for 24 hours, give them Contacted, if tags have any of Heat pump.',
    ),
  ).toBeTruthy();
  expect(screen.getByText('When somebody becomes Sold, give them Won.')).toBeTruthy();
  expect(screen.getByText('When somebody has had any one status for 90 days, give them Paused.')).toBeTruthy();
});

test('a new one is said aloud while it is written, and says what becomes of contacts that are due already', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'New automation' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Second call');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'When somebody has been' }), 'Contacted');
  await user.type(dialog.getByRole('textbox', { name: 'for' }), '3');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'counted in' }), 'days');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'give them' }), 'Paused');
  expect(dialog.getByText('When somebody has been Contacted for 3 days, give them Paused.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Move them at once' }));
  await user.dblClick(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent(bridge)).toMatchObject([
    {
      name: 'statusAutomations.create',
      input: {
        name: 'Second call',
        triggerType: 'TIME_BASED',
        fromStatus: 'contacted',
        timeValue: 3,
        timeUnit: 'DAYS',
        targetStatus: 'paused',
        triggerStatus: null,
        existing: 'include',
        isActive: true,
      },
    },
  ]);
  expect(await screen.findByRole('switch', { name: 'Second call is on' })).toBeTruthy();
});

test('what is missing is said beside its field, and nothing is sent', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'New automation' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  const said = dialog.getAllByRole('alert').map(({ textContent }) => textContent);
  expect(said).toEqual(
    expect.arrayContaining([
      'Name the automation',
      'Say after how many minutes, hours or days',
      'Choose the status it gives',
    ]),
  );
  expect(sent(bridge)).toEqual([]);
});

test('a circle is named before it is sent', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'New automation' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Back again');
  await user.click(dialog.getByRole('button', { name: 'A status that is given' }));
  await user.selectOptions(dialog.getByRole('combobox', { name: 'When somebody becomes' }), 'Won');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'give them' }), 'Sold');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(
    dialog.getByText('Contacts would go round in a circle: Won → Sold → Won. Choose another status.'),
  ).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
});

test('turning on what goes by time asks about contacts that are due already, and says how many', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('switch', { name: 'Let the quiet rest is on' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('3 contacts are due already.')).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Turn on' }));
  await waitFor(() =>
    expect(sent(bridge)).toMatchObject([
      { name: 'statusAutomations.update', input: { isActive: true, existing: 'from_now', targetStatus: 'paused' } },
    ]),
  );
  await user.click(await screen.findByRole('switch', { name: 'Sold is won is on' }));
  await waitFor(() => expect(sent(bridge)[1]).toMatchObject({ input: { name: 'Sold is won', isActive: false } }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a change of the name alone moves nobody, keeps the conditions, and asks nothing', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Change Follow up after a day' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.queryByRole('group', { name: 'Contacts that are due already' })).toBeNull();
  const field = dialog.getByRole('textbox', { name: 'Name' });
  await user.clear(field);
  await user.type(field, 'A day later{Enter}');
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  const input = sent(bridge)[0]?.input as Record<string, unknown>;
  expect(input).toMatchObject({
    name: 'A day later',
    conditions: { rule: { all: [{ field: 'tags', op: 'any', names: ['Heat pump'] }] } },
  });
  expect(input).not.toHaveProperty('existing');
});

test('a dry run names who would move now and later, and why the others would not', async () => {
  const { user, bridge } = await open();
  await user.click(await screen.findByRole('button', { name: 'Who would move by Follow up after a day' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(within(await dialog.findByRole('region', { name: '3 contacts at once' })).getAllByRole('link')).toHaveLength(
    3,
  );
  expect(dialog.getByRole('region', { name: '2 contacts within 24 hours' })).toBeTruthy();
  const later = within(dialog.getByRole('region', { name: '14 contacts would stay' }));
  expect(later.getByText('They are due later than that')).toBeTruthy();
  expect(later.getByText('and 2 more')).toBeTruthy();
  expect(dialog.getByText('Other automations would take them on from there: Qualified.')).toBeTruthy();
  expect(bridge.state.outbox).toEqual([]);
});

test('the past of an automation says what it did and why it did not', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'What Follow up after a day did' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findAllByRole('listitem')).toHaveLength(4);
  await user.click(dialog.getByRole('button', { name: 'Skipped' }));
  await waitFor(() => expect(dialog.getAllByRole('listitem')).toHaveLength(1));
  expect(dialog.getByRole('listitem').textContent).toContain('The conditions are not met.');
});

test('without a line one is written and switched, and what the server alone knows says so', async () => {
  const { user, bridge } = await open({ offline: true });
  await user.click(await screen.findByRole('switch', { name: 'Let the quiet rest is on' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('How many contacts are due already is known with a line to the server.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Turn on' }));
  await waitFor(() => expect(sent(bridge)[0]?.name).toBe('statusAutomations.update'));
  await user.click(screen.getByRole('button', { name: 'Who would move by Let the quiet rest' }));
  expect(
    await within(await screen.findByRole('dialog')).findByText(
      'This needs the server, which is out of reach. Everything here stays readable.',
    ),
  ).toBeTruthy();
});

test('who may not change automations reads them, and is told whom to ask', async () => {
  const { user } = await open({ role: 'AGENT' });
  const toggle = await screen.findByRole('switch', { name: 'Follow up after a day is on' });
  expect((toggle as HTMLInputElement).disabled).toBe(true);
  await user.click(screen.getByRole('button', { name: 'New automation' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a dialog that was typed in asks before it throws that away', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'New automation' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Second');
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Throw away what you typed?')).toBeTruthy();
});
