import { expect, test } from '../stack/fixtures.ts';

test('a refused edit is shown with its reason and what was typed, and is there until a person decides', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Cornelius',
    lastName: 'Ashdown',
    company: 'Ashdown Iron',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.openContact('Cornelius Ashdown');
  await app.editField('Company', 'Ashdown Bronze');
  expect((await owner('DELETE', `/api/contacts/${id}`)).status).toBe(200);
  app.desktop.cable.join();

  await app.expectSync('1 edit refused');
  await app.goToOutbox();
  const refused = app.page.getByRole('article', { name: /refused$/ });
  await expect(refused).toContainText('Ashdown Bronze');
  await expect(refused).toContainText(/contact/i);

  await refused.getByRole('button', { name: 'Retry' }).click();
  await expect(refused).toContainText('Ashdown Bronze');
  await app.expectSync('1 edit refused');

  await app.desktop.killAndRestart();
  await app.open();
  await app.goToOutbox();
  await expect(refused).toContainText('Ashdown Bronze');

  await refused.getByRole('button', { name: 'Edit' }).click();
  await expect(app.page.getByRole('textbox', { name: /Company/ })).toHaveValue('Ashdown Bronze');
  await app.page.keyboard.press('Escape');
  await refused.getByRole('button', { name: 'Discard' }).click();
  await expect(refused).toHaveCount(0);
  await app.expectSync('All changes saved');
});
