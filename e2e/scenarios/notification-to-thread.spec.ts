import { expect, test } from '../stack/fixtures.ts';
import { postText } from '../stack/post-text.ts';

test('an answer rings the bell, the bell leads to the thread, and reading it there is having read it', async ({
  newApp,
  server,
}) => {
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const words = 'Could you come on Thursday instead?';
  expect(await postText(server, { from: '+15035550177', body: words, sid: `SM${'7'.repeat(32)}` })).toBe(200);

  await app.page.locator('body').press('g');
  await app.page.keyboard.press('n');
  const item = app.page.getByRole('list', { name: 'Notifications' }).getByRole('listitem').filter({ hasText: words });
  await expect(item).toBeVisible({ timeout: 20_000 });
  await app.page.keyboard.press('j');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('log', { name: /^Texts with/ })).toContainText(words);

  // It was read where it led to, also on the server.
  const agent = await server.api('agent@demo.test');
  await expect
    .poll(async () => {
      const { body } = await agent('GET', '/api/notifications?status=UNREAD&search=Thursday');
      return (body as { total: number }).total;
    })
    .toBe(0);
  await app.page.locator('body').press('g');
  await app.page.keyboard.press('n');
  await expect(app.page.getByRole('heading', { name: 'Notifications' })).toBeVisible();
  await expect(item).toHaveCount(0);
});
