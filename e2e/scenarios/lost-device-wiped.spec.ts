import { readdirSync } from 'node:fs';
import { expect, test } from '../stack/fixtures.ts';

const PASSWORD = 'nine purple staplers';

test('a lost computer deletes everything it holds when it next reaches the server, also what it had not sent', async ({
  newApp,
  server,
}) => {
  // Somebody whose only computers are these: elsewhere in the run everybody has many.
  const email = `${crypto.randomUUID()}@lost.test`;
  const signUp = await server.send('POST', '/api/auth/sign-up', {
    tenantName: 'Lost and Found',
    name: 'Fern Finder',
    email,
    password: PASSWORD,
    deviceId: crypto.randomUUID(),
    deviceName: 'Where it began',
  });
  const { accessToken } = (signUp.body as { data: { accessToken: string } }).data;
  const owner = (method: string, path: string, body?: unknown) => server.send(method, path, body, accessToken);
  await owner('POST', '/api/contacts', { firstName: 'Leopold', lastName: 'Lost' });
  const lost = await newApp();
  await lost.signIn(email, PASSWORD);
  await lost.expectSync('All changes saved');
  lost.desktop.cable.cut();
  await lost.expectSync('Offline');
  await lost.openContact('Leopold Lost');
  await lost.editField('Company', 'Written by a thief');

  // From another computer of the same person.
  const here = await newApp();
  await here.signIn(email, PASSWORD);
  await here.expectSync('All changes saved');
  await here.page.locator('body').press('g');
  await here.page.keyboard.press(',');
  await here.page.getByRole('link', { name: 'Security' }).click();
  const theOther = here.page.getByRole('listitem').filter({ hasText: '(e2e)' }).filter({ hasNotText: 'this one' });
  await theOther.getByRole('button', { name: 'Wipe' }).click();
  await here.page
    .getByRole('alertdialog')
    .or(here.page.getByRole('dialog'))
    .getByRole('button', { name: 'Wipe' })
    .click();
  await expect(here.page.getByText('is wiped when it next reaches the server')).toBeVisible();

  lost.desktop.cable.join();
  await expect(lost.page.getByText('This computer was wiped')).toBeVisible({ timeout: 40_000 });
  const left = readdirSync(lost.desktop.profileDir, { recursive: true }).map(String);
  expect(left.filter((file) => /replica|key|session/.test(file))).toEqual([]);
  await expect(here.page.getByText(/^wiped|· wiped/)).toBeVisible({ timeout: 20_000 });

  // Nothing of it reached the server, and the person can begin anew there.
  const found = await owner('GET', '/api/contacts?search=leopold');
  expect((found.body as { data: { company: string | null }[] }).data.map(({ company }) => company)).toEqual([null]);
  await lost.signIn(email, PASSWORD);
  await lost.expectSync('All changes saved');
});
