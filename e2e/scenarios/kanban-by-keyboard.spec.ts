import { expect, test } from '../stack/fixtures.ts';

test('a card is moved by keyboard alone, offline, and the board, the list and the server agree', async ({
  newApp,
  server,
}) => {
  const owner = await server.api('owner@demo.test');
  const pipelines = (await owner('GET', '/api/pipelines')).body as {
    data: { id: string; name: string; stages: { id: string; name: string }[] }[];
  };
  const [pipeline] = pipelines.data;
  const [first, second] = pipeline?.stages ?? [];
  const created = await owner('POST', '/api/contacts', {
    firstName: 'Kanbana',
    lastName: 'Moves',
    estimatedRevenueCents: 1_420_000,
  });
  const { id } = (created.body as { data: { id: string } }).data;
  await owner('POST', `/api/contacts/${id}/move`, { stageId: first?.id });

  const app = await newApp();
  await app.signInAndSync('agent@demo.test');
  const { page } = app;
  await page.locator('body').press('g');
  await page.locator('body').press('p');
  const lane = (name: string) => page.getByRole('listitem', { name: new RegExp(`^${name}, `) });
  const card = page.getByRole('listitem', { name: 'Kanbana Moves' });
  await expect(lane(first?.name ?? '').filter({ has: card })).toBeVisible();

  app.desktop.cable.cut();
  await app.expectSync('Offline');
  await card.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(lane(second?.name ?? '').filter({ has: card })).toBeVisible();
  await expect(card).toBeFocused();
  await expect(page.getByText(`Moved Kanbana Moves to ${second?.name}`)).toBeVisible();
  // Z takes it back, S chooses the stage by name.
  await page.keyboard.press('z');
  await expect(lane(first?.name ?? '').filter({ has: card })).toBeVisible();
  await card.focus();
  await page.keyboard.press('s');
  await page
    .getByRole('dialog')
    .getByPlaceholder('Stage')
    .fill(second?.name ?? '');
  await page.keyboard.press('Enter');
  await expect(lane(second?.name ?? '').filter({ has: card })).toBeVisible();

  app.desktop.cable.join();
  await app.expectSync('All changes saved');
  const stored = (await owner('GET', `/api/contacts/${id}`)).body as { data: Record<string, unknown> };
  expect(stored.data).toMatchObject({ stageId: second?.id, pipelineId: pipeline?.id });
  await page.getByRole('button', { name: 'As a list' }).click();
  await expect(page.getByRole('button', { name: `pipeline is ${pipeline?.name}` })).toBeVisible();
  await app.search('Kanbana');
  await expect(app.rows.filter({ hasText: 'Kanbana Moves' }).first()).toContainText(second?.name ?? '');
});
