import { expect, test } from '../stack/fixtures.ts';

test('two contacts with one address are merged offline by keyboard, what hung on them moves, and it is taken back after other edits', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const post = async (path: string, body: object) =>
    ((await owner('POST', path, body)).body as { data: { id: string } }).data.id;
  const get = async (id: string) =>
    ((await owner('GET', `/api/contacts/${id}`)).body as { data: Record<string, unknown> }).data;
  const kept = await post('/api/contacts', { firstName: 'Mergea', lastName: 'Twinova', email: 'twin@example.com' });
  const gone = await post('/api/contacts', { firstName: 'Mergeb', lastName: 'Twinova', company: 'Twin Ltd' });
  await post(`/api/contacts/${gone}/notes`, { body: 'Rang twice' });

  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const { page } = app;
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.openContact('Mergeb Twinova');
  await app.editField('Email', 'twin@example.com');
  await page.evaluate(() => void (location.hash = '/duplicates'));
  const pair = page
    .getByRole('list', { name: 'Pairs' })
    .getByRole('button')
    .filter({ hasText: /Merge[ab] .* · Merge[ab] / });
  await expect(pair).toContainText('same email address');
  await pair.click();
  await expect(page.getByRole('region', { name: 'Side by side' })).toContainText('Twin Ltd');
  // The other one stays, if it is not the older one already.
  const stays = page.getByRole('heading', { name: /stays/ });
  if (!(await stays.textContent())?.includes('Mergea')) await page.keyboard.press('s');
  await expect(stays).toContainText('Mergea Twinova');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Merged Mergeb Twinova')).toBeVisible();
  await expect(pair).toHaveCount(0);

  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  expect(await get(kept)).toMatchObject({ firstName: 'Mergea', email: 'twin@example.com', company: 'Twin Ltd' });
  // The old address leads to the one that stayed.
  expect((await get(gone))['id']).toBe(kept);
  await app.openContact('Mergea Twinova');
  await expect(app.field('Company')).toHaveAccessibleName('Company: Twin Ltd');
  await page.locator('body').press('4');
  await expect(app.note('Rang twice')).toBeVisible();

  await owner('PATCH', `/api/contacts/${kept}`, { leadScore: 42 });
  await page.locator('body').press('g');
  await page.keyboard.press('h');
  const act = page
    .getByRole('list', { name: 'Activity' })
    .getByRole('listitem')
    .filter({ hasText: 'Mergeb Twinova' })
    .filter({ hasText: /merged/i })
    .first();
  await act.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(async () => (await get(gone))['id'], { timeout: 20_000 }).toBe(gone);
  expect(await get(gone)).toMatchObject({ firstName: 'Mergeb', company: 'Twin Ltd' });
  expect(await get(kept)).toMatchObject({ firstName: 'Mergea', company: null, leadScore: 42 });
  await app.openContact('Mergeb Twinova');
  await page.locator('body').press('4');
  await expect(app.note('Rang twice')).toBeVisible();
});
