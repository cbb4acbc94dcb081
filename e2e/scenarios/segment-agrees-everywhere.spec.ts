import { expect, test } from '../stack/fixtures.ts';

test('a segment built offline means the same contacts on the desktop, on another one and at the server, and follows every edit', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const create = async (fields: object) =>
    ((await owner('POST', '/api/contacts', fields)).body as { data: { id: string } }).data.id;
  for (const [firstName, leadScore] of [
    ['Segna', 90],
    ['Segnb', 80],
    ['Segnc', 20],
  ] as const)
    await create({ firstName, lastName: 'Segmentova', company: 'Agreement GmbH', leadScore });
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const { page } = app;
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await page.locator('body').press('g');
  await page.locator('body').press('e');
  await page.getByRole('button', { name: 'New segment' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Hot at Agreement');
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.keyboard.type('company');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Text' }).fill('agreement');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const matching = page.getByRole('region', { name: 'Who meets the conditions now' });
  await expect(matching).toContainText('3');
  await page.getByRole('button', { name: /^and…/ }).click();
  await page.keyboard.type('score');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Very hot/ }).click();
  await page.keyboard.press('Escape');
  await expect(matching.getByRole('status')).toContainText(/^2/);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  app.desktop.cable.join();
  await app.expectSync('All changes saved');

  const segments = (await owner('GET', '/api/segments?search=Hot at Agreement')).body as {
    data: { id: string; name: string; rule: unknown }[];
  };
  const segment = segments.data.find(({ name }) => name === 'Hot at Agreement');
  const counted = async () =>
    ((await owner('POST', '/api/segments/count-matching', { rule: segment?.rule })).body as { data: { count: number } })
      .data.count;
  expect(await counted()).toBe(2);

  const other = await newApp();
  await other.signInAndSync('manager@demo.test');
  await other.page.locator('body').press('g');
  await other.page.locator('body').press('e');
  const item = other.page.getByRole('link', { name: /Hot at Agreement/ });
  await expect(item).toContainText('2');
  await create({ firstName: 'Segnd', company: 'Agreement GmbH', leadScore: 99 });
  await expect(item).toContainText('3');
  expect(await counted()).toBe(3);
});
