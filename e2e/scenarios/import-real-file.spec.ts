import { readFileSync } from 'node:fs';
import { expect, test } from '../stack/fixtures.ts';

/** As Google Contacts exports it: a quoted newline, a group that is no tag, a number in national spelling, one that is wrong. */
const GOOGLE = [
  'First Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value',
  'Wilhelmina,Thackeray,Thackeray Pianos,"Plays on\nSundays",* myContacts ::: Piano,* ,wilhelmina@thackeray.example,Mobile,(907) 555-2161',
  'Ignatius,Pell,,,* myContacts,* ,ignatius@pell.example,,',
  'Broken,Number,,,* myContacts,,,Mobile,(503) 555-01',
  'Nobody,Reachable,,,* myContacts,,,,',
].join('\r\n');

test('a Google export is read and checked offline, waits for the line, and its contacts reach a second desktop', async ({
  newApp,
}) => {
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('owner@demo.test');
  first.desktop.cable.cut();
  await first.expectSync('Offline');

  await first.page
    .getByLabel('File to import')
    .setInputFiles({ name: 'google.csv', mimeType: 'text/csv', buffer: Buffer.from(GOOGLE) });
  const check = first.page.getByRole('region', { name: 'Check' });
  await expect(first.page.getByText(/Google Contacts/).first()).toBeVisible();
  await expect(check.getByText('2 rows are good')).toBeVisible();
  await expect(check.getByText('2 cannot be imported')).toBeVisible();
  const problems = first.page.getByRole('region', { name: 'Rows that cannot be imported' });
  await expect(problems.getByRole('row').nth(0)).toContainText('Row 4');
  await expect(problems.getByRole('row').nth(0)).toContainText('Two digits short. US numbers have 10.');
  await expect(problems.getByRole('row').nth(1)).toContainText('No phone number and no email address.');
  const download = first.page.waitForEvent('download');
  await first.page.getByRole('button', { name: 'Download all as CSV' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('Two digits short');

  await first.page.getByRole('button', { name: /^Import 2/ }).click();
  const job = first.page.getByRole('article', { name: 'google.csv' });
  await expect(job).toContainText(/Waits for the line/);
  await first.expectSync('Offline · 1 change waiting');

  first.desktop.cable.join();
  await expect(job).toContainText('2 of 2', { timeout: 40_000 });
  await expect(job).toContainText('2 new contacts');
  await second.openContact('Wilhelmina Thackeray');
  await expect(second.tag('Piano')).toBeVisible();
  await expect(second.field('Phone')).toHaveAccessibleName(/907.*555.*2161/);

  // The same file again: everything in it is here already.
  await first.go('Contacts');
  await first.page
    .getByLabel('File to import')
    .setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(GOOGLE) });
  await expect(first.page.getByRole('region', { name: 'Check' }).getByText(/^2 are here already/)).toBeVisible();
  await first.page.getByRole('button', { name: /^Import 2/ }).click();
  const again = first.page.getByRole('article', { name: 'again.csv' });
  await expect(again).toContainText('2 of 2', { timeout: 40_000 });
  await expect(again).toContainText('0 new contacts');
});

test('a PDF that is called contacts.csv is refused in words', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n');
  await app.page
    .getByLabel('File to import')
    .setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer: pdf });
  await expect(app.page.getByRole('alert').first()).toContainText(/PDF/);
});
