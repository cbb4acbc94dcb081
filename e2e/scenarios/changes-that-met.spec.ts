import { expect, test } from '../stack/fixtures.ts';

test('one field edited on two desktops offline keeps both values: the later shows, and a key brings the earlier back', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Ignatius', lastName: 'Plover', company: 'Plover Tiles' });
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('manager@demo.test');
  for (const app of [first, second]) {
    app.desktop.cable.cut();
    await app.expectSync('Offline');
    await app.openContact('Ignatius Plover');
  }
  await first.editField('Company', 'Plover Roofs');
  await second.editField('Company', 'Plover Slate');
  first.desktop.cable.join();
  await first.expectSync('All changes saved');
  second.desktop.cable.join();
  await second.expectSync('All changes saved');
  for (const app of [first, second])
    await expect(app.field('Company')).toHaveAccessibleName('Company: Plover Slate', { timeout: 40_000 });

  // Where nobody edits any more the badge is quiet, and there on both desktops.
  await expect(second.page.getByRole('link', { name: '1 change met' })).toBeVisible();
  await first.page.getByRole('link', { name: '1 change met' }).click();
  const met = first.page.getByRole('article', { name: 'Ignatius Plover, changes that met' });
  await expect(met).toContainText('The later one shows');
  await expect(met).toContainText('Plover Roofs');
  await expect(met).toContainText('Plover Slate');

  // Also without a line.
  first.desktop.cable.cut();
  await first.expectSync('Offline');
  await first.page.locator('body').press('j');
  await first.page.keyboard.press('r');
  await expect(met).toHaveCount(0);
  await first.expectSync('Offline · 1 change waiting');
  first.desktop.cable.join();
  await first.expectSync('All changes saved');
  await expect(second.field('Company')).toHaveAccessibleName('Company: Plover Roofs', { timeout: 40_000 });
  await expect(second.page.getByRole('link', { name: /change.* met$/ })).toHaveCount(0);
});

test('different fields edited on two desktops both stand, and the meeting says so', async ({ newApp, server }) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Philomena', lastName: 'Gull' });
  const first = await newApp();
  const second = await newApp();
  await first.signInAndSync('agent@demo.test');
  await second.signInAndSync('manager@demo.test');
  for (const app of [first, second]) {
    app.desktop.cable.cut();
    await app.expectSync('Offline');
    await app.openContact('Philomena Gull');
  }
  await first.editField('Company', 'Gull Sails');
  await second.editField('Email', 'philomena@gull.example');
  for (const app of [first, second]) {
    app.desktop.cable.join();
    await app.expectSync('All changes saved');
  }
  await second.page.getByRole('link', { name: '1 change met' }).click();
  const met = second.page.getByRole('article', { name: 'Philomena Gull, changes that met' });
  await expect(met).toContainText('Both stand');
  await met.getByRole('button', { name: 'Leave it as it is' }).click();
  await expect(met).toHaveCount(0);
});
