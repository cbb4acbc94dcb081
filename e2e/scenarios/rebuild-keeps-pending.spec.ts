import { connectDatabase } from '../stack/database.ts';
import { expect, test } from '../stack/fixtures.ts';

test('a rebuilt replica keeps what waits and what was refused, fills again while it is used, and sends on', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const create = async (fields: object) =>
    ((await owner('POST', '/api/contacts', fields)).body as { data: { id: string } }).data.id;
  const kept = await create({ firstName: 'Leopoldine', lastName: 'Marsh', company: 'Marsh & Sons' });
  const gone = await create({ firstName: 'Balthazar', lastName: 'Crane', company: 'Crane Works' });
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.openContact('Balthazar Crane');
  await app.editField('Company', 'Crane Foundry');
  expect((await owner('DELETE', `/api/contacts/${gone}`)).status).toBe(200);
  app.desktop.cable.join();
  await app.expectSync('1 edit refused');

  // The server answers everything but writes to contacts: what is written now waits, with a line.
  const blocker = await connectDatabase(server);
  await blocker.query('begin');
  await blocker.query('lock table contacts in share row exclusive mode');
  await app.openContact('Leopoldine Marsh');
  await app.editField('Company', 'Marsh Heat Pumps');

  await app.page.locator('body').press('g');
  await app.page.locator('body').press('s');
  await expect(app.page.getByRole('heading', { name: 'Sync and data' })).toBeVisible();
  await app.page.getByRole('button', { name: 'Rebuild the data on this computer' }).click();
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText('1 change that waits and 1 refused one stay');
  await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click();

  // All contacts come again, and the edit that never left is on its contact.
  await expect(app.page.getByRole('row', { name: /^Contacts 5,0\d\d Live/ })).toBeVisible({ timeout: 40_000 });
  await expect(app.page.getByRole('row', { name: /^Refused, needs you 1/ })).toBeVisible();
  await app.openContact('Leopoldine Marsh');
  await expect(app.field('Company')).toHaveAccessibleName('Company: Marsh Heat Pumps');
  const before = await owner('GET', `/api/contacts/${kept}`);
  expect(before.body).toMatchObject({ data: { company: 'Marsh & Sons' } });

  await blocker.query('rollback');
  await blocker.end();
  await expect
    .poll(async () => (await owner('GET', `/api/contacts/${kept}`)).body, { timeout: 40_000 })
    .toMatchObject({ data: { company: 'Marsh Heat Pumps' } });
  await app.goToOutbox();
  await expect(app.page.getByRole('article', { name: /refused$/ })).toContainText('Crane Foundry');
  await expect(app.page.getByRole('heading', { name: /^Waiting/ })).toHaveCount(0);
});
