import { expect, test } from '../stack/fixtures.ts';

test('an edit survives kill -9 of the app right after it showed, and is delivered after the restart', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Leontine',
    lastName: 'Marsh',
    company: 'Marsh Mills',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.openContact('Leontine Marsh');
  await app.editField('Company', 'Marsh Turbines');
  await app.writeNote('Call after the harvest.');

  await app.desktop.killAndRestart();
  await app.open();
  await app.expectSync('Offline · 2 changes waiting');
  await app.openContact('Leontine Marsh');
  await expect(app.field('Company')).toHaveAccessibleName('Company: Marsh Turbines');
  await expect(app.note('Call after the harvest.')).toBeVisible();

  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  const after = await owner('GET', `/api/contacts/${id}`);
  expect(after.body).toMatchObject({ data: { company: 'Marsh Turbines' } });
});

test('a server that stops and starts again loses nothing that desktops wrote meanwhile', async ({ newApp, server }) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Perpetua', lastName: 'Vane' });
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.openContact('Perpetua Vane');
  await app.editField('Company', 'Before Ltd');
  await app.expectSync('All changes saved');
  await server.restart();
  await app.editField('Company', 'After Ltd');
  await app.expectSync('All changes saved');
  const found = await (await server.api('owner@demo.test'))('GET', '/api/contacts?search=perpetua%20vane');
  expect(found.body).toMatchObject({ total: 1, data: [{ company: 'After Ltd' }] });
});
