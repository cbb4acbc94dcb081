import { expect, test } from '../stack/fixtures.ts';

test('a wrong password is said in words, the right one opens the app, and sign-out closes it', async ({ newApp }) => {
  const app = await newApp();
  await app.signIn('agent@demo.test', 'not-the-password');
  await expect(app.page.getByRole('alert')).toContainText(/password/i);
  await expect(app.page.getByLabel('Password', { exact: true })).toHaveValue('not-the-password');
  await app.page.getByLabel('Password', { exact: true }).fill('demo-password');
  await app.page.getByRole('button', { name: 'Sign in' }).click();
  await app.expectSync('All changes saved');
  await app.page.getByRole('button', { name: /Northwell/ }).click();
  await app.page.getByRole('menuitem', { name: /Sign out/ }).click();
  await expect(app.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a viewer reads everything and changes nothing; an agent changes contacts; only a manager deletes them', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  await owner('POST', '/api/contacts', { firstName: 'Isidore', lastName: 'Quayle', company: 'Quayle Glass' });
  const viewer = await newApp();
  await viewer.signInAndSync('viewer@demo.test');
  await expect(viewer.page.getByRole('button', { name: 'New contact' })).toHaveCount(0);
  await viewer.openContact('Isidore Quayle');
  await expect(viewer.field('Company')).toBeDisabled();
  await expect(viewer.page.getByLabel('Write a note')).toHaveCount(0);

  const agent = await newApp();
  await agent.signInAndSync('agent@demo.test');
  await agent.openContact('Isidore Quayle');
  await agent.editField('Company', 'Quayle Mirrors');
  await agent.expectSync('All changes saved');

  const asViewer = await server.api('viewer@demo.test');
  expect((await asViewer('POST', '/api/contacts', { firstName: 'No' })).status).toBe(403);
  expect((await server.send('GET', '/api/contacts')).status).toBe(401);
});

test('a new owner signs up, starts with nobody, and sees nothing of other tenants', async ({ newApp }) => {
  const app = await newApp();
  await app.open();
  await app.page.getByRole('button', { name: 'Start with your team' }).click();
  await app.page.getByLabel('Company or team').fill('Larkspur Dental');
  await app.page.getByLabel('Your name').fill('Priya Nair');
  await app.page.getByLabel('Work email').fill(`priya-${Date.now()}@larkspur.example`);
  await app.page.getByLabel('Password', { exact: true }).fill('a-long-password');
  await app.page.getByRole('button', { name: /^(Start|Create|Sign up)/ }).click();
  await app.expectSync('All changes saved');
  await expect(app.page.getByText('Rosalind')).toHaveCount(0);
  await expect(app.rows).toHaveCount(0);
});

test('the replica opens without the network after a restart, still signed in', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  app.desktop.cable.cut();
  await app.desktop.killAndRestart();
  await app.open();
  await app.expectSync('Offline');
  await expect(app.rows.nth(1)).toBeVisible();
});
