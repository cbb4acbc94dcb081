import { expect, test } from '../stack/fixtures.ts';

test('an act is taken back from the activity, on this desktop at once and everywhere after it', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Undine',
    lastName: 'Wellington',
    company: 'Before Ltd',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  await app.openContact('Undine Wellington');
  await app.editField('Company', 'After Ltd');
  await app.expectSync('All changes saved');

  await app.page.locator('body').press('g');
  await app.page.keyboard.press('h');
  const act = app.page
    .getByRole('list', { name: 'Activity' })
    .getByRole('listitem')
    .filter({ hasText: 'Undine Wellington edited' })
    .first();
  await expect(act).toContainText('You');
  await expect(act).toContainText('Before Ltd');
  await expect(act).toContainText('After Ltd');
  await act.getByRole('button', { name: /^Undo/ }).click();
  await expect(app.page.getByText(/taken back/).first()).toBeVisible();
  await expect
    .poll(async () => (await owner('GET', `/api/contacts/${id}`)).body)
    .toMatchObject({ data: { company: 'Before Ltd' } });
  await app.openContact('Undine Wellington');
  await expect(app.field('Company')).toHaveAccessibleName('Company: Before Ltd');

  // Somebody else has been at it since: it is refused with who, and done when that is meant.
  await app.editField('Company', 'Mine Ltd');
  await app.expectSync('All changes saved');
  await owner('PATCH', `/api/contacts/${id}`, { company: 'Theirs Ltd' });
  await expect(app.field('Company')).toHaveAccessibleName('Company: Theirs Ltd', { timeout: 20_000 });
  await app.page.locator('body').press('g');
  await app.page.keyboard.press('h');
  const mine = app.page
    .getByRole('list', { name: 'Activity' })
    .getByRole('listitem')
    .filter({ hasText: 'Mine Ltd' })
    .filter({ has: app.page.getByRole('button', { name: /^Undo/ }) })
    .filter({ hasText: 'You' })
    .first();
  await mine.getByRole('button', { name: /^Undo/ }).click();
  await expect(app.page.getByText(/Not taken back: changed since by/)).toBeVisible({ timeout: 20_000 });
  await app.page.getByRole('button', { name: 'Undo anyway' }).click();
  await expect
    .poll(async () => (await owner('GET', `/api/contacts/${id}`)).body, { timeout: 20_000 })
    .toMatchObject({ data: { company: 'Before Ltd' } });
});
