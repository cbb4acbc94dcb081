import { expect, test } from '../stack/fixtures.ts';
import { postText } from '../stack/post-text.ts';

const sid = (n: number) => `SM${String(n).padStart(32, '0')}`;

test('a signed text appears on every online desktop, once, is answered, and STOP closes the line', async ({
  newApp,
  server,
  browser,
}) => {
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('owner@demo.test');
  for (const app of [first, second]) await app.go('Inbox');

  const from = '+15035550199';
  const sent = Date.now();
  expect(await postText(server, { from, body: 'Does the rebate come off before tax?', sid: sid(1) })).toBe(200);
  for (const app of [first, second])
    await expect(app.page.getByRole('option').filter({ hasText: 'Does the rebate come off' })).toBeVisible();
  expect(Date.now() - sent).toBeLessThan(5_000);

  expect(await postText(server, { from, body: 'Does the rebate come off before tax?', sid: sid(1) })).toBe(200);
  expect(await postText(server, { from, body: 'forged', sid: sid(2), token: 'wrong' })).toBe(403);
  expect(await postText(server, { from, body: 'Hello?', sid: sid(3) })).toBe(200);

  await first.page.getByRole('option').filter({ hasText: 'Hello?' }).click();
  const texts = first.page.getByRole('log');
  await expect(texts.getByText('Hello?')).toBeVisible();
  await expect(texts.getByText('Does the rebate come off before tax?')).toHaveCount(1);
  await expect(texts.getByText('forged')).toHaveCount(0);

  const composer = first.page.getByRole('textbox', { name: /^Text to/ });
  await composer.fill('After tax. Shall I file the form for you?');
  await composer.press('Control+Enter');
  await expect(texts.getByText('After tax. Shall I file the form for you?')).toBeVisible();
  await expect(texts.getByText(/Delivered/)).toBeVisible({ timeout: 30_000 });
  // Nobody waits any more: the conversation is among the open ones now.
  await second.page.getByRole('button', { name: /^Open/ }).click();
  await expect(second.page.getByRole('option').filter({ hasText: 'After tax.' })).toBeVisible();

  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${server.url}/sandbox?from=${encodeURIComponent(from)}`);
  await expect(phone.getByText('After tax. Shall I file the form for you?')).toBeVisible();

  expect(await postText(server, { from, body: ' stop ', sid: sid(4) })).toBe(200);
  await expect(first.page.getByRole('note')).toContainText('asked for no more texts');
  await expect(composer).toHaveCount(0);
});

test('a text composed offline waits as a dashed bubble and leaves with the line', async ({ newApp, server }) => {
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  expect(await postText(server, { from: '+15035550188', body: 'Are you open on Friday?', sid: sid(10) })).toBe(200);
  await app.go('Inbox');
  await app.page.getByRole('option').filter({ hasText: 'Are you open on Friday?' }).click();
  // That it was read is told first.
  await expect(app.page.getByRole('log')).toContainText('Are you open on Friday?');
  await app.expectSync('All changes saved');
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  const composer = app.page.getByRole('textbox', { name: /^Text to/ });
  await composer.fill('Until six.');
  await app.page.getByRole('button', { name: /Queue/ }).click();
  await expect(app.page.getByRole('log')).toContainText(/sends when the line is back/);
  app.desktop.cable.join();
  await expect(app.page.getByRole('log').getByText(/Delivered/)).toBeVisible({ timeout: 40_000 });
});
