import { expect, test } from '../stack/fixtures.ts';

test('an app that has become too old reads and writes on, delivers what is written, and syncs again when it may', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', { firstName: 'Hildegard', lastName: 'Version' });
  const { id } = (created.body as { data: { id: string } }).data;
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.openContact('Hildegard Version');
  try {
    await server.restart({ more: { MINIMUM_PROTOCOL: '2' } });
    await app.expectSync('Update Switchboard to sync');
    await expect(app.page.getByText('Update Switchboard to go on syncing')).toBeVisible();

    await app.editField('Company', 'Written in an old app');
    await expect
      .poll(async () => (await owner('GET', `/api/contacts/${id}`)).body, { timeout: 20_000 })
      .toMatchObject({ data: { company: 'Written in an old app' } });

    await owner('POST', '/api/contacts', { firstName: 'Balthazar', lastName: 'Lateron' });
    await app.search('Balthazar Lateron');
    await expect(app.rows.filter({ hasText: 'Lateron' })).toHaveCount(0);
  } finally {
    await server.restart();
  }
  await app.expectSync('All changes saved');
  // A list does not change under its reader: searched again, it is there.
  await app.search('');
  await app.openContact('Balthazar Lateron');
  await app.openContact('Hildegard Version');
  await expect(app.field('Company')).toHaveAccessibleName('Company: Written in an old app');
});
