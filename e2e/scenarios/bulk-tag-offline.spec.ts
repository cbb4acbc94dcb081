import { expect, test } from '../stack/fixtures.ts';

test('everybody of a filtered list but one is tagged offline in one act, and one undo takes it back everywhere', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const ids: string[] = [];
  for (const firstName of ['Una', 'Duo', 'Trea', 'Quart']) {
    const reply = await owner('POST', '/api/contacts', { firstName, lastName: 'Bulkington', company: 'Bulk & Sons' });
    ids.push((reply.body as { data: { id: string } }).data.id);
  }
  const tagsOf = async () => {
    const replies = await Promise.all(ids.map((id) => owner('GET', `/api/contacts/${id}`)));
    return replies.map((reply) => (reply.body as { data: { tags: string[] } }).data.tags);
  };
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const { page } = app;
  await page.locator('body').press('f');
  await page.keyboard.type('company');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Text' }).fill('Bulk & Sons');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Contacts' })).toHaveAttribute('aria-rowcount', '5');

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  const tagAllButOne = async () => {
    await app.rows.nth(1).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByText('4 contacts selected')).toBeVisible();
    await page.keyboard.press('x');
    await expect(page.getByText('3 contacts selected')).toBeVisible();
    await page.keyboard.press('l');
    await page.getByPlaceholder('Find or make a tag').fill('bulk test');
    await page.keyboard.press('Enter');
    await expect(app.rows.filter({ hasText: 'bulk test' })).toHaveCount(3);
    await app.expectSync('Offline · 1 change waiting');
  };
  await tagAllButOne();
  // What has not left is forgotten.
  await page.keyboard.press('z');
  await expect(app.rows.filter({ hasText: 'bulk test' })).toHaveCount(0);
  await app.expectSync('Offline');
  await tagAllButOne();

  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  await expect.poll(async () => (await tagsOf()).filter((tags) => tags.includes('bulk test')).length).toBe(3);
  await expect(app.rows.filter({ hasText: 'bulk test' })).toHaveCount(3);

  // Done at the server already: one act in the activity, taken back as one.
  await page.locator('body').press('g');
  await page.locator('body').press('h');
  const done = page.getByRole('list', { name: 'Activity' }).getByRole('listitem').filter({ hasText: 'bulk test' });
  await expect(done).toHaveCount(1);
  await done.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(async () => (await tagsOf()).filter((tags) => tags.includes('bulk test')).length).toBe(0);
  await app.go('Contacts');
  await expect(app.rows.nth(1)).toBeVisible();
  await expect(app.rows.filter({ hasText: 'bulk test' })).toHaveCount(0);
});
