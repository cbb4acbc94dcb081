import { readFileSync } from 'node:fs';
import { expect, test } from '../stack/fixtures.ts';

/** As HubSpot exports contacts: owners by e-mail, several values in one cell, statuses of its own, an unsubscription. */
const HEAD =
  'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Static List Memberships,Unsubscribed from all email,Associated Company';
const HUBSPOT = [
  HEAD,
  '101,Octavia,Hubbel,octavia@hubbel.example,(907) 555-2171,agent@demo.test,Attempted to Contact,2025-11-03 14:05,Spring fair;Newsletter,false,"Hubbel, Inc."',
  '102,Percival,Hubbel,percival@hubbel.example,,nobody@elsewhere.example,OPEN_DEAL,2025-11-04 09:00,Newsletter,true,',
  '103,Broken,Number,,(503) 555-01,,,2025-11-05 10:00,,,',
].join('\r\n');

test('a HubSpot export is mapped, its own statuses are asked about, and what is chosen is remembered', async ({
  newApp,
  server,
}) => {
  const app = await newApp();
  await app.signInAndSync('owner@demo.test');
  const { page } = app;
  const drop = (name: string, text: string) =>
    page.getByLabel('File to import').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  await drop('hubspot.csv', HUBSPOT);
  await expect(page.getByText(/HubSpot/).first()).toBeVisible();
  // Statuses that the workspace does not have come first: one is made, the other is one it has.
  await page
    .getByRole('combobox', { name: 'What becomes of the status Attempted to Contact' })
    .selectOption('Make this status');
  await page.getByRole('combobox', { name: 'What becomes of the status OPEN_DEAL' }).selectOption('It is Qualified');
  await expect(page.getByRole('combobox', { name: 'Contact owner goes to' })).toHaveValue('owner');
  await page.getByRole('combobox', { name: 'Create Date goes to' }).selectOption('Keep under another name…');
  const name = page.getByRole('textbox', { name: /^Name that Create Date is kept under/ });
  await name.fill('hubspot.created');
  await name.press('Enter');
  await expect(name).toHaveValue('hubspot.created');

  await page.keyboard.press('ControlOrMeta+Enter');
  const check = page.getByRole('region', { name: 'Check' });
  await expect(check.getByText('2 rows are good')).toBeVisible();
  await expect(check.getByText('2 become new contacts')).toBeVisible();
  await expect(check.getByText('2 say nothing of consent: they get no marketing')).toBeVisible();
  await expect(check.getByText(/nobody@elsewhere\.example/).first()).toBeVisible();
  await expect(check.getByRole('row', { name: /Row 4.*Two digits short/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('article', { name: 'hubspot.csv' })).toContainText('2 of 2', { timeout: 40_000 });

  const owner = await server.api('owner@demo.test');
  const found = (await owner('GET', '/api/contacts?search=hubbel&sortBy=name')).body as {
    data: Record<string, unknown>[];
  };
  expect(found.data).toMatchObject([
    {
      firstName: 'Octavia',
      company: 'Hubbel, Inc.',
      leadStatus: 'attempted_to_contact',
      ownerId: expect.any(String),
      attributes: { hubspot: { created: '2025-11-03 14:05' } },
      groupIds: [expect.any(String), expect.any(String)],
      optedOutAt: null,
      marketingConsentUntil: null,
    },
    {
      firstName: 'Percival',
      leadStatus: 'qualified',
      ownerId: null,
      attributes: { 'Contact owner': 'nobody@elsewhere.example' },
      optedOutAt: expect.any(Number),
    },
  ]);
  await app.openContact('Octavia Hubbel');
  await expect(app.field('Status')).toHaveAccessibleName(/^Status: Attempted to contact$/i);

  // The next export of the same shape needs no choice any more.
  await app.go('Contacts');
  await drop('next.csv', [HEAD, '104,Quentin,Hubbel,quentin@hubbel.example,,,OPEN_DEAL,2025-12-01,,,'].join('\r\n'));
  await expect(page.getByRole('region', { name: 'Check' }).getByText('1 row is good')).toBeVisible();
  await page.getByRole('button', { name: /Columns$/ }).click();
  await expect(page.getByText(/Chosen as for the last file/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Name that Create Date/ })).toHaveValue('hubspot.created');
});

test('what is saved as a file changes nothing when it is imported again', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('owner@demo.test');
  const { page } = app;
  await expect(page.getByRole('grid')).toBeVisible();
  for (const format of ['CSV', 'Excel'] as const) {
    await app.go('Contacts');
    await page.locator('body').press('e');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: format, exact: true }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save the file' }).click();
    const file = await download;
    const buffer = readFileSync(await file.path());
    await page
      .getByLabel('File to import')
      .setInputFiles({ name: file.suggestedFilename(), mimeType: 'application/octet-stream', buffer });
    await expect(page.getByText(/^Switchboard · /).first()).toBeVisible();
    const check = page.getByRole('region', { name: 'Check' });
    await expect(check.getByText('0 become new contacts')).toBeVisible();
    await expect(check.getByText('Nothing of it changes').first()).toBeVisible();
    await expect(check.getByText('→')).toHaveCount(0);
    await page.getByRole('button', { name: 'Put away' }).click();
  }
});
