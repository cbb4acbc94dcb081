import { expect, test } from '../stack/fixtures.ts';
import { postText } from '../stack/post-text.ts';

test('people, texts, notes and tasks are found without a line, what was written a moment ago too', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Séverine',
    lastName: 'Quist',
    phone: '+15035550166',
  });
  const { id } = (created.body as { data: { id: string } }).data;
  await owner('POST', `/api/contacts/${id}/notes`, { body: 'Wants the wainscoting repaired first' });
  await owner('POST', '/api/tasks', { title: 'Order the marmoleum samples', contactId: id });
  expect(
    await postText(server, { from: '+15035550166', body: 'The cantilever creaks', sid: `SM${'6'.repeat(32)}` }),
  ).toBe(200);

  const app = await newApp();
  await app.signInAndSync('owner@demo.test');
  await app.openContact('Séverine Quist');
  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await app.writeNote('Her neighbour recommended the balustrade');

  const palette = app.page.getByRole('dialog', { name: 'Search or jump' });
  const find = async (text: string) => {
    await app.page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(text);
  };
  for (const [text, shown] of [
    ['severine', 'Séverine Quist'],
    ['wainsc', 'wainscoting'],
    ['marmoleum', 'marmoleum'],
    ['cantilever creaks', 'cantilever'],
    ['balustrade', 'balustrade'],
    ['quiet times', 'Quiet times'],
  ] as const) {
    await find(text);
    await expect(palette.getByRole('option').filter({ hasText: shown }).first()).toBeVisible({ timeout: 20_000 });
    await app.page.keyboard.press('Escape');
    await expect(palette).toHaveCount(0);
  }
  await find('cantilever');
  await expect(palette.getByRole('option').filter({ hasText: 'cantilever' }).first()).toBeVisible();
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('The cantilever creaks').first()).toBeVisible();
});
