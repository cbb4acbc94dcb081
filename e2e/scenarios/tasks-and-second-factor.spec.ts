import { Secret, TOTP } from 'otpauth';
import { expect, test } from '../stack/fixtures.ts';

test('a task written from anywhere stands in the day, is done by key, and a colleague sees it', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.page.locator('body').press('Alt+t');
  const dialog = app.page.getByRole('dialog', { name: 'New task' });
  await dialog.getByLabel('What is to be done').fill('Order the brackets today 23:55');
  await expect(dialog.getByText(/^Due Today/)).toBeVisible();
  await app.page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await app.page.locator('body').press('g');
  await app.page.keyboard.press('d');
  await expect(app.page.getByRole('list', { name: 'Today' }).getByText('Order the brackets')).toBeVisible();
  await app.expectSync('All changes saved');

  const colleague = await newApp();
  await colleague.signInAndSync('owner@demo.test');
  await colleague.page.locator('body').press('g');
  await colleague.page.keyboard.press('t');
  await colleague.page.getByRole('button', { name: 'Everybody’s' }).click();
  await expect(colleague.page.getByText('Order the brackets')).toBeVisible();

  await app.page.getByRole('button', { name: 'Done: Order the brackets' }).click();
  await expect(colleague.page.getByText('Order the brackets')).toHaveCount(0, { timeout: 20_000 });
  await app.page.locator('body').press('z');
  await expect(colleague.page.getByText('Order the brackets')).toBeVisible({ timeout: 20_000 });
});

test('a second factor is set up in the settings and asked for at the next sign-in', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('viewer@demo.test');
  await app.page.evaluate(() => void (location.hash = '/settings/security'));
  await app.page.getByRole('button', { name: 'Set up' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Password').fill('demo-password');
  await app.page.keyboard.press('Enter');
  const secret = (await dialog.getByLabel('The secret to type').innerText()).replaceAll(' ', '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await dialog.getByLabel('Code the app shows now').fill(totp.generate());
  await app.page.keyboard.press('Enter');
  const items = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(app.page.getByText(/10 of 10 are left/)).toBeVisible({ timeout: 20_000 });

  const other = await newApp();
  await other.signIn('viewer@demo.test');
  await other.page.getByRole('button', { name: 'Use a recovery code' }).click();
  await other.page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await other.page.keyboard.press('Enter');
  await other.expectSync('All changes saved');
  await expect(app.page.getByText(/9 of 10 are left/)).toBeVisible({ timeout: 20_000 });
});
