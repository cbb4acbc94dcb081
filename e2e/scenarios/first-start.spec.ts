import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../stack/fixtures.ts';

test('a first start asks for the server, checks it, and knows it from then on', async ({ newApp, server }) => {
  const app = await newApp({ knowsServer: false });
  await app.open();
  const address = app.page.getByLabel('Server address');
  await address.fill('http://crm.example.invalid');
  await expect(app.page.getByText(/could read your password over plain http/)).toBeVisible();
  await address.fill(server.url);
  await expect(app.page.getByText(/A Switchboard server, version/)).toBeVisible();
  expect((await new AxeBuilder({ page: app.page }).analyze()).violations).toEqual([]);
  await app.page.screenshot({ path: 'out/e2e/connection.png' });
  await app.page.getByRole('button', { name: /^Connect/ }).click();
  await app.page.getByLabel('Work email').fill('agent@demo.test');
  await app.page.getByLabel('Password', { exact: true }).fill('demo-password');
  await app.page.getByRole('button', { name: 'Sign in' }).click();
  await app.expectSync('All changes saved');
  await app.desktop.killAndRestart();
  await app.open();
  await app.expectSync('All changes saved');
});

test('two people on one computer have each their own data, and switching shows nothing of the other', async ({
  newApp,
  server,
}) => {
  const app = await newApp({ knowsServer: false });
  await app.open();
  const connectAndSignIn = async (email: string) => {
    await app.page.getByLabel('Server address').fill(server.url);
    await app.page.getByRole('button', { name: /^Connect/ }).click();
    await app.page.getByLabel('Work email').fill(email);
    await app.page.getByLabel('Password', { exact: true }).fill('demo-password');
    await app.page.getByRole('button', { name: 'Sign in' }).click();
    await app.expectSync('All changes saved');
  };
  const person = app.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('button').last();
  await connectAndSignIn('agent@demo.test');
  const first = (await person.textContent()) ?? '';
  await person.click();
  await app.page.getByRole('menuitem', { name: 'Add an account' }).click();
  await connectAndSignIn('manager@demo.test');
  await expect(person).not.toHaveText(first);
  const second = (await person.textContent()) ?? '';
  await person.click();
  await app.page.screenshot({ path: 'out/e2e/accounts.png' });
  await app.page.getByRole('menuitemradio').filter({ hasText: 'Northwell' }).first().click();
  await expect(person).toHaveText(first);
  await app.expectSync('All changes saved');

  await person.click();
  await app.page.getByRole('menuitem', { name: 'Remove this account' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(person).toHaveText(second);
});
