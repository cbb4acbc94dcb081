import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

let files: Blob[] = [];
beforeEach(() => {
  files = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`);
});
afterEach(() => vi.restoreAllMocks());

const begun = (bridge: Awaited<ReturnType<typeof renderApp>>['bridge']) =>
  bridge.calls.flatMap(({ method, args }) => (method === 'contactFiles.begin' ? [args] : []));

async function openDialog() {
  const app = await renderApp('/contacts');
  await screen.findByRole('grid');
  await app.user.keyboard('e');
  return { ...app, dialog: within(await screen.findByRole('dialog')) };
}

test('E saves the whole list as CSV, with its filter and order', async () => {
  const { user, bridge, dialog } = await openDialog();
  expect(dialog.getByRole('heading').textContent).toBe('Save 40 contacts as a file');
  await user.click(dialog.getByRole('button', { name: 'Save the file' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(begun(bridge)).toMatchObject([
    {
      who: { view: { sort: 'score' }, except: [] },
      format: 'csv',
      include: { contacts: true, interactions: false, transcripts: false },
      bom: true,
    },
  ]);
  expect(await files[0]?.text()).toBe('a,b\r\n');
  expect(files[0]?.type).toBe('text/csv');
});

test('who is chosen is saved alone, in the format and with the parts that are wanted', async () => {
  const { user, bridge } = await renderApp('/contacts');
  await screen.findByRole('grid');
  await user.click((await screen.findAllByRole('checkbox', { name: /^Choose Rosalind/ }))[0] as HTMLElement);
  await user.keyboard('e');
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Salesforce' }));
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Contacts become' }), 'Contact');
  await user.click(dialog.getByRole('checkbox', { name: /^Interactions/ }));
  await user.click(dialog.getByRole('button', { name: 'Save the file' }));
  await waitFor(() => expect(files).toHaveLength(1));
  expect(begun(bridge)).toMatchObject([
    {
      who: { ids: [expect.any(String)] },
      format: 'salesforce',
      object: 'Contact',
      include: { contacts: true, interactions: true, transcripts: false },
    },
  ]);
});

test('nothing chosen cannot be saved, and says so', async () => {
  const { user, dialog } = await openDialog();
  await user.click(dialog.getByRole('checkbox', { name: /^Contacts/ }));
  expect(dialog.getByText('Choose at least one thing that the file holds.')).toBeTruthy();
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Save the file' }).disabled).toBe(true);
});

test('how far the file is made is shown, and cancelling ends it without a file', async () => {
  const { user, bridge, dialog } = await openDialog();
  const { promise, resolve } = Promise.withResolvers<void>();
  bridge.exports.held = promise;
  await user.click(dialog.getByRole('button', { name: 'Save the file' }));
  const bar = await dialog.findByRole('progressbar');
  await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('50'));
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  resolve();
  expect(await dialog.findByRole('button', { name: 'Save the file' })).toBeTruthy();
  expect(dialog.queryByRole('progressbar')).toBeNull();
  expect(files).toEqual([]);
});

test('a file that cannot be made says why', async () => {
  const { user, bridge, dialog } = await openDialog();
  bridge.replies.set('contactFiles.next', {
    error: { code: 'not_found', message: 'This export is not being made any more. Start it again.' },
  });
  await user.click(dialog.getByRole('button', { name: 'Save the file' }));
  expect((await dialog.findByRole('alert')).textContent).toContain('Start it again');
});
