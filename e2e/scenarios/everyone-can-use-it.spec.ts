import { AxeBuilder } from '@axe-core/playwright';
import type { App } from '../pages/app.ts';
import { expect, test } from '../stack/fixtures.ts';

async function expectAccessible(app: App, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: app.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${place}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

const expectNoSidewaysScroll = async (app: App, place: string) =>
  expect(
    await app.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    place,
  ).toBeLessThanOrEqual(0);

/** Screens that open by their address. */
const PLACES = [
  '/pipelines',
  '/segments',
  '/segments/new',
  '/duplicates',
  '/day',
  '/tasks',
  '/notifications',
  '/activity',
  '/help',
  '/settings/profile',
  '/settings/security',
  '/settings/notifications',
  '/settings/keyboard',
  '/settings/workspace',
  '/settings/people',
  '/settings/permissions',
  '/settings/numbers',
  '/settings/statuses',
  '/settings/pipelines',
  '/settings/groups',
  '/settings/integrations',
  '/settings/tokens',
  '/settings/data',
  '/settings/jobs',
  '/settings/about',
];

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing on any screen, ${scheme}`, async ({ newApp }) => {
    const app = await newApp();
    await app.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await app.open();
    await expect(app.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expectAccessible(app, 'sign-in');
    await app.signInAndSync('owner@demo.test');
    await expectAccessible(app, 'contacts');
    await app.page.keyboard.press('Control+k');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    await expectAccessible(app, 'palette');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('j');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('region', { name: 'Properties' })).toBeVisible();
    await expectAccessible(app, 'contact');
    await app.go('Inbox');
    await app.page.getByRole('option').first().click();
    await expect(app.page.getByRole('log')).toBeVisible();
    await expectAccessible(app, 'inbox');
    await app.goToOutbox();
    await expectAccessible(app, 'outbox');
    for (const place of PLACES) {
      await app.page.evaluate((hash) => void (location.hash = hash), place);
      await expect(app.page.getByRole('main').getByRole('heading').first()).toBeVisible();
      await expectAccessible(app, place);
    }
  });

test('nothing breaks in a window of 360 pixels', async ({ newApp }) => {
  const app = await newApp();
  await app.page.setViewportSize({ width: 360, height: 740 });
  await app.signIn('owner@demo.test');
  await expect(app.rows.nth(1)).toBeVisible();
  await expectNoSidewaysScroll(app, 'contacts');
  await app.rows.nth(1).click();
  await expect(app.page.getByRole('region', { name: 'Properties' })).toBeVisible();
  await expectNoSidewaysScroll(app, 'contact');
  await app.page.getByRole('navigation', { name: 'Main, narrow' }).getByRole('link', { name: 'Inbox' }).click();
  await expect(app.page.getByRole('option').first()).toBeVisible();
  await expectNoSidewaysScroll(app, 'inbox');
  for (const place of PLACES) {
    await app.page.evaluate((hash) => void (location.hash = hash), place);
    await expect(app.page.getByRole('main').getByRole('heading').first()).toBeVisible();
    await expectNoSidewaysScroll(app, place);
  }
});

test('the list is worked by keyboard alone', async ({ newApp }) => {
  const app = await newApp();
  await app.signInAndSync('owner@demo.test');
  await app.page.keyboard.press('/');
  await expect(app.page.getByLabel('Find in contacts')).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('j');
  await app.page.keyboard.press('j');
  await app.page.keyboard.press('k');
  const name = await app.page.locator('[role="row"]:focus').getByRole('gridcell').nth(1).innerText();
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByRole('grid', { name: 'Contacts' })).toBeVisible();
});
