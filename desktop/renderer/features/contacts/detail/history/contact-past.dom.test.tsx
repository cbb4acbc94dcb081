import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { contactIdAt, stageIdAt } from '../../../../testing/fixture-data.ts';
import { renderApp } from '../../../../testing/render-app.tsx';

const open = (options = {}) => renderApp(`/contacts/${contactIdAt(0)}`, options);
const sent = (bridge: { calls: { method: string; args: unknown }[] }) =>
  bridge.calls.filter(({ method }) => method === 'command').map(({ args }) => args);
const company = () => screen.findByRole('button', { name: /^Company: Larkspur Dental/ });

test('the fifth part tells who changed what, when, where and by what, and more of it on demand', async () => {
  const { user } = await open();
  await company();
  await user.keyboard('5');
  const past = await screen.findByRole('list', { name: 'Activity' });
  const [first] = await within(past).findAllByRole('listitem');
  expect(first?.textContent).toContain('Company');
  expect(first?.textContent).toContain('Larkspur');
  expect(first?.textContent).toContain('Theo Lindqvist');
  expect(first?.textContent).toContain('on Front desk');
  expect(within(past).getByText(/by an automation/)).toBeTruthy();
  expect(within(past).getByText(/You, by a merge/)).toBeTruthy();
  expect(within(past).queryByText('Contact made')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Earlier' }));
  expect(await within(past).findByText('Contact made')).toBeTruthy();
  expect(within(past).getByText(/by an import/)).toBeTruthy();
});

test('only one kind of happening is shown where that is chosen', async () => {
  const { user } = await open();
  await company();
  await user.keyboard('5');
  const past = await screen.findByRole('list', { name: 'Activity' });
  await within(past).findAllByRole('listitem');
  await user.click(screen.getByRole('button', { name: 'Stage and status' }));
  await waitFor(() =>
    expect(within(screen.getByRole('list', { name: 'Activity' })).getAllByRole('listitem')).toHaveLength(2),
  );
});

test('a value is put back from where it is told, and Z undoes that', async () => {
  const { user, bridge } = await open();
  await company();
  await user.keyboard('5');
  await user.click(await screen.findByRole('button', { name: 'Put this value back: Company' }));
  await waitFor(() =>
    expect(sent(bridge)).toEqual([{ name: 'contacts.update', input: { id: contactIdAt(0), company: 'Larkspur' } }]),
  );
  await screen.findByText('Put back: Company');
  await user.keyboard('z');
  await user.keyboard('1');
  expect(await company()).toBeTruthy();
});

test('a stage is put back as a move between stages', async () => {
  const { user, bridge } = await open();
  await company();
  await user.keyboard('5');
  await user.click(await screen.findByRole('button', { name: 'Put this value back: Stage' }));
  await waitFor(() =>
    expect(sent(bridge)).toMatchObject([
      { name: 'contacts.moveToStage', input: { contactIds: [contactIdAt(0)], stageId: stageIdAt(3) } },
    ]),
  );
});

test('without a line it says what is missing instead of looking whole', async () => {
  const { user } = await open({ offline: true });
  await company();
  await user.keyboard('5');
  expect(await screen.findByText(/The whole past is on the server/)).toBeTruthy();
});

test('⇧H shows the contact as it was: the changes since are taken away, read-only, and Escape is now again', async () => {
  const { user } = await open();
  await company();
  await user.keyboard('{Shift>}H{/Shift}');
  const was = await screen.findByRole('region', { name: 'As of a date' });
  const properties = was;
  await waitFor(() => expect(properties.textContent).toContain('CompanyLarkspurnow Larkspur Dental'));
  expect(within(was).queryByRole('button', { name: /^Company/ })).toBeNull();
  const moment = within(was).getByRole('slider', { name: 'Moment' });
  fireEvent.change(moment, { target: { value: moment.getAttribute('max') } });
  await waitFor(() => expect(properties.textContent).not.toContain('now Larkspur Dental'));
  expect(within(was).getByText(/0 later changes are hidden/)).toBeTruthy();
  await user.click(within(was).getByRole('button', { name: 'Previous change' }));
  await user.click(within(was).getByRole('button', { name: 'Previous change' }));
  await waitFor(() => expect(properties.textContent).toContain('CompanyLarkspurnow Larkspur Dental'));
  moment.focus();
  await user.keyboard('{Escape}');
  expect(await company()).toBeTruthy();
  expect(location.hash).toContain(contactIdAt(0));
});

test('a contact that cannot be read is not said to be gone', async () => {
  const { bridge, user } = await renderApp(`/contacts/${contactIdAt(0)}`, {}, async ({ replies }) => {
    replies.set('contacts.get', { error: { code: 'internal', message: 'The engine is starting again.' } });
  });
  expect(await screen.findByText('This contact could not be read', undefined, { timeout: 10_000 })).toBeTruthy();
  expect(screen.queryByText('This contact is not here')).toBeNull();
  bridge.replies.delete('contacts.get');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await company()).toBeTruthy();
});
