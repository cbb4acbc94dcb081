import { expect, test } from '../stack/fixtures.ts';

test('what is edited with the server out of reach shows at once, waits, and arrives at a second desktop', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Ottoline',
    lastName: 'Fernsby',
    company: 'Fernsby & Co',
  });
  expect(created.status).toBe(200);
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('owner@demo.test');

  first.desktop.cable.cut();
  await first.expectSync('Offline');
  await first.openContact('Ottoline Fernsby');
  await first.editField('Company', 'Fernsby Heat Pumps');
  await first.addTag('Met at the fair');
  await first.writeNote('Wants the quiet model.');
  await first.expectSync('Offline · 3 changes waiting');
  await expect(first.note('Wants the quiet model.').getByRole('img', { name: 'Not sent yet' })).toBeVisible();
  await first.search('fernsby heat');
  await expect(
    first.rows.filter({ hasText: 'Fernsby Heat Pumps' }).getByRole('img', { name: 'Not sent yet' }),
  ).toBeVisible();

  await second.openContact('Ottoline Fernsby');
  await expect(second.field('Company')).toHaveAccessibleName('Company: Fernsby & Co');

  first.desktop.cable.join();
  await expect(second.field('Company')).toHaveAccessibleName('Company: Fernsby Heat Pumps', { timeout: 40_000 });
  await expect(second.tag('Met at the fair')).toBeVisible();
  await expect(second.note('Wants the quiet model.')).toBeVisible();
  await first.expectSync('All changes saved');
});

test('two people who edit different fields of one contact both win', async ({ newApp, server }) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Barnaby', lastName: 'Whitlock' });
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('manager@demo.test');
  for (const app of [first, second]) {
    app.desktop.cable.cut();
    await app.expectSync('Offline');
    await app.openContact('Barnaby Whitlock');
  }
  await first.editField('Company', 'Whitlock Boats');
  await second.editField('Email', 'barnaby@whitlock.example');
  for (const app of [first, second]) app.desktop.cable.join();
  for (const app of [first, second]) {
    await expect(app.field('Company')).toHaveAccessibleName('Company: Whitlock Boats', { timeout: 40_000 });
    await expect(app.field('Email')).toHaveAccessibleName('Email: barnaby@whitlock.example');
    await app.expectSync('All changes saved');
  }
});
