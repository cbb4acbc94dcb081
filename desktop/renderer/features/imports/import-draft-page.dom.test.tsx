import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { fixtureDraft } from '../../testing/fixture-draft.ts';
import { renderApp } from '../../testing/render-app.tsx';

const openDraft = (change: Partial<ImportDraft> = {}) =>
  renderApp('/imports/draft', {}, async (bridge) => {
    bridge.state.drafts.set('draft', { ...fixtureDraft('draft'), ...change });
  });
const openColumns = async (change: Partial<ImportDraft> = {}) => {
  const app = await openDraft(change);
  await app.user.click(await screen.findByRole('button', { name: /Columns$/ }));
  return app;
};

test('says what was recognised, what is good and which row is wrong for which reason', async () => {
  await openDraft();
  expect(await screen.findByText(/Google Contacts · UTF-8 · 1,284 rows/)).toBeTruthy();
  const check = within(screen.getByRole('region', { name: 'Check' }));
  const said = check.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(said).toEqual(
    expect.arrayContaining([
      '1,282 rows are good',
      '2 cannot be imported',
      '1,172 become new contacts',
      '96 are here already and are filled',
      '1,282 say nothing of consent: they get no marketing',
    ]),
  );
  expect(screen.getByText('Row 17')).toBeTruthy();
  expect(screen.getByText('Phone: two digits are missing. US numbers have 10.')).toBeTruthy();
});

test('the first rows tell what becomes of them, field by field', async () => {
  await openDraft();
  const table = within(await screen.findByRole('region', { name: 'As they will be imported' }));
  const [, ada, grace] = table.getAllByRole('row').map(({ textContent }) => textContent);
  expect(ada).toContain('Joins one you haveFirst name: A. → Ada');
  expect(grace).toContain('A new contact');
});

test('a file of a program that is not known begins with its columns, by keys alone', async () => {
  const { user } = await openDraft({ format: 'CSV' });
  expect(await screen.findByRole('combobox', { name: 'Birthday goes to' })).toBeTruthy();
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByRole('region', { name: 'Check' })).toBeTruthy();
  await user.keyboard('{Control>}{Backspace}{/Control}');
  expect(await screen.findByRole('region', { name: 'Columns' })).toBeTruthy();
});

test('choosing where a column goes changes that column alone', async () => {
  const { user, bridge } = await openColumns();
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Birthday goes to' }), 'attribute');
  await waitFor(() =>
    expect(bridge.calls.find(({ method }) => method === 'imports.change')?.args).toEqual({
      id: 'draft',
      targets: ['firstName', 'lastName', 'phone', 'email', 'tags', 'attribute'],
    }),
  );
  await waitFor(() =>
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Birthday goes to' }).value).toBe('attribute'),
  );
});

test('a column can be kept under another name, within another one too', async () => {
  const { user, bridge } = await openColumns();
  await user.selectOptions(
    await screen.findByRole('combobox', { name: 'Birthday goes to' }),
    'Keep under another name…',
  );
  const name = await screen.findByRole('textbox', { name: /^Name that Birthday is kept under/ });
  await user.clear(name);
  await user.type(name, 'dates.birth{Enter}');
  await waitFor(() => expect(bridge.state.drafts.get('draft')?.columns[5]?.target).toBe('attribute:dates.birth'));
});

test('a status that is not there is asked about first: made, another one, or kept as a word', async () => {
  const { check } = fixtureDraft('draft');
  const { user, bridge } = await openDraft({
    check: { ...check, unknown: [{ target: 'leadStatus', word: 'Marketing Qualified', rows: 12 }] },
  });
  const choice = await screen.findByRole('combobox', { name: /status Marketing Qualified$/ });
  await user.selectOptions(choice, 'Make this status');
  await waitFor(() =>
    expect(bridge.state.drafts.get('draft')?.statuses).toEqual({
      'marketing qualified': { as: 'create', name: 'Marketing Qualified' },
    }),
  );
});

test('a list of numbers nobody is to call is another kind of file', async () => {
  const { user, bridge } = await openColumns();
  await user.click(await screen.findByRole('button', { name: 'Numbers nobody is to call' }));
  expect(await screen.findByText(/are not called any more/)).toBeTruthy();
  expect(screen.queryByRole('combobox', { name: /already$/ })).toBeNull();
  await user.keyboard('{Control>}{Enter}{/Control}');
  await user.click(await screen.findByRole('button', { name: /^Import 1,282 numbers/ }));
  await waitFor(() =>
    expect(bridge.state.outbox.at(-1)).toMatchObject({ name: 'imports.start', input: { kind: 'do_not_call' } }),
  );
});

test('what to do with duplicates and the country of numbers are asked', async () => {
  const { user, bridge } = await openColumns();
  await user.selectOptions(await screen.findByRole('combobox', { name: /already$/ }), 'skip');
  await user.selectOptions(screen.getByRole('combobox', { name: /country code/ }), 'GB');
  await waitFor(() => expect(bridge.state.drafts.get('draft')?.defaultCountry).toBe('GB'));
  await user.click(screen.getByRole('button', { name: /Check/ }));
  expect(await screen.findByText(/are left alone/)).toBeTruthy();
});

test('Import hands the rows over and shows how far they are', async () => {
  const { user } = await openDraft();
  await user.click(await screen.findByRole('button', { name: /^Import 1,282 contacts/ }));
  expect(await screen.findByRole('heading', { name: 'Imports' })).toBeTruthy();
  expect(await screen.findByRole('progressbar', { name: 'Rows of spring-leads-2026.csv' })).toBeTruthy();
});

test('a chosen file is sent in parts and opened to look at', async () => {
  const { user, bridge } = await renderApp('/contacts');
  const file = new File(['Given Name\nAda\n'], 'people.csv', { type: 'text/csv' });
  await user.upload(await screen.findByLabelText('File to import'), file);
  expect(await screen.findByText(/Google Contacts · UTF-8/)).toBeTruthy();
  expect(bridge.calls.filter(({ method }) => method === 'imports.receiveFile').map(({ args }) => args)).toEqual([
    { id: null, fileName: 'people.csv', offset: 0, bytes: btoa('Given Name\nAda\n') },
  ]);
});

test('rows that the server would not take are named with their reasons', async () => {
  const { user, bridge } = await openDraft();
  await user.click(await screen.findByRole('button', { name: /^Import 1,282 contacts/ }));
  const [job] = bridge.state.tables
    .rows<{ kind: string; body: Record<string, unknown> }>('workspace_items')
    .filter(({ kind }) => kind === 'import_job');
  Object.assign(job?.body ?? {}, { status: 'done', processed: 1_282, created: 1_280, skipped: 2 });
  bridge.replies.set('online', {
    data: { data: [{ row: 9, reason: 'The owner is not a member of your team.' }], page: 1, limit: 200, total: 1 },
  });
  bridge.changed();
  await user.click(await screen.findByRole('button', { name: 'Which rows were skipped?' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('Row 9')).toBeTruthy();
  expect(dialog.getByText('The owner is not a member of your team.')).toBeTruthy();
});
