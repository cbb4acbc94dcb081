import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fixtureDraft } from '../../testing/fixture-draft.ts';
import { renderApp } from '../../testing/render-app.tsx';

const openDraft = () =>
  renderApp('/imports/draft', {}, async (bridge) => void bridge.state.drafts.set('draft', fixtureDraft('draft')));

test('says what was recognised, what is good and which row is wrong for which reason', async () => {
  await openDraft();
  expect(await screen.findByText(/Google Contacts · UTF-8 · 1,284 rows/)).toBeTruthy();
  expect(screen.getByText('1,282', { selector: 'b' })).toBeTruthy();
  expect(screen.getByText('Row 17')).toBeTruthy();
  expect(screen.getByText('Phone: two digits are missing. US numbers have 10.')).toBeTruthy();
});

test('choosing where a column goes changes that column alone', async () => {
  const { user, bridge } = await openDraft();
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

test('what to do with duplicates and the country of numbers are asked', async () => {
  const { user, bridge } = await openDraft();
  await user.selectOptions(await screen.findByRole('combobox', { name: /already$/ }), 'skip');
  expect(await screen.findByText(/are left alone/)).toBeTruthy();
  await user.selectOptions(screen.getByRole('combobox', { name: /country code/ }), 'GB');
  await waitFor(() => expect(bridge.state.drafts.get('draft')?.defaultCountry).toBe('GB'));
});

test('Import hands the rows over and shows how far they are', async () => {
  const { user } = await openDraft();
  await user.click(await screen.findByRole('button', { name: 'Import 1,282 contacts' }));
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
