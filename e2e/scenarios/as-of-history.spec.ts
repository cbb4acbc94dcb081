import { expect, test } from '../stack/fixtures.ts';

test('a contact shows who changed what from where, stands as it was at any moment, and a value of then is put back offline', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Pasta',
    lastName: 'Timeova',
    company: 'First Ltd',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const { page } = app;
  await app.openContact('Pasta Timeova');
  await app.editField('Company', 'Second Ltd');
  await app.expectSync('All changes saved');
  await owner('PATCH', `/api/contacts/${id}`, { company: 'Third Ltd' });
  await expect(app.field('Company')).toHaveAccessibleName('Company: Third Ltd', { timeout: 20_000 });

  await page.locator('body').press('5');
  const changes = page.getByRole('list', { name: 'Activity' }).getByRole('listitem');
  await expect(changes.filter({ hasText: 'Third Ltd' }).first()).toContainText('Second Ltd');
  await expect(changes.filter({ hasText: 'First Ltd' }).first()).toContainText('You');

  await page.locator('body').press('Shift+H');
  const past = page.getByRole('region', { name: 'As of a date' });
  await expect(past.getByText('Second Ltd')).toBeVisible();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(past.getByText('First Ltd')).toBeVisible();
  await expect(past.getByText(/^now\s*Third Ltd/)).toBeVisible();
  await page.keyboard.press('Escape');

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await page.locator('body').press('5');
  await changes
    .filter({ hasText: 'First Ltd' })
    .filter({ hasText: 'Second Ltd' })
    .getByRole('button', { name: /^Put this value back/ })
    .click();
  await page.locator('body').press('1');
  await expect(app.field('Company')).toHaveAccessibleName('Company: First Ltd');
  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  expect(((await owner('GET', `/api/contacts/${id}`)).body as { data: object }).data).toMatchObject({
    company: 'First Ltd',
  });
});
