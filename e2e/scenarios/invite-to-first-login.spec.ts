import { AxeBuilder } from '@axe-core/playwright';
import type { App } from '../pages/app.ts';
import { expect, test } from '../stack/fixtures.ts';

const PASSWORD = 'nine purple staplers';

/** By the dialog in the settings; answers the link that it shows once. */
async function invite(app: App, email: string): Promise<string> {
  await app.page.locator('body').press('g');
  await app.page.keyboard.press(',');
  await app.page.getByRole('link', { name: 'People' }).click();
  await app.page.getByRole('button', { name: 'Invite somebody' }).click();
  await app.page.getByRole('dialog').getByLabel('Work email').fill(email);
  await app.page.getByRole('button', { name: 'Send the invitation' }).click();
  const link = await app.page.locator('code.secret').textContent();
  await app.page.keyboard.press('Escape');
  return link ?? '';
}

test('somebody is invited, joins with the link in the app, and works in the same workspace', async ({
  newApp,
  server,
}) => {
  const owner = await newApp();
  await owner.signInAndSync('owner@demo.test');
  const link = await invite(owner, 'nadia@demo.test');
  await expect(owner.page.getByText('nadia@demo.test')).toBeVisible();

  const app = await newApp();
  await app.open();
  await app.page.getByRole('button', { name: 'I was invited' }).click();
  await app.page.getByLabel('Link of the invitation').fill(link);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name: 'Join Northwell Heating' })).toBeVisible();
  await app.page.getByLabel('Your name').fill('Nadia Newcomer');
  await app.page.getByLabel(/^Password/).fill(PASSWORD);
  await app.page.keyboard.press('Enter');
  await app.expectSync('All changes saved');
  await expect(app.rows.nth(1)).toBeVisible();

  // The owner sees the member instead of the invitation, and the link is used up.
  await expect(owner.page.getByText('Nadia Newcomer', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  const again = await server.send('GET', `/api/auth/invitations/${link.split('/').at(-1)}`);
  expect(again.status).toBe(404);
});

test('the page that a mailed link opens takes a name and a password, and leads to the app', async ({
  newApp,
  server,
  page,
}) => {
  const owner = await newApp();
  await owner.signInAndSync('owner@demo.test');
  const link = await invite(owner, 'omar@demo.test');
  // The mail is in the outbox that stands in for a mail server, with the same link.
  await expect
    .poll(async () => JSON.stringify((await server.send('GET', '/sandbox/mail/list')).body), { timeout: 20_000 })
    .toContain(link);

  await page.goto(link);
  await expect(page.getByText('Northwell Heating')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByLabel('Your name').fill('Omar Opener');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('Omar Opener');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('link', { name: 'Open Switchboard' })).toHaveAttribute(
    'href',
    /^switchboard:\/\/sign-in\?/,
  );

  const app = await newApp();
  await app.signIn('omar@demo.test', PASSWORD);
  await app.expectSync('All changes saved');
  await page.goto(link);
  await expect(page.getByRole('status')).toContainText('accepted already');
});
