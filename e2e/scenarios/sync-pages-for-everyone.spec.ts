import { AxeBuilder } from '@axe-core/playwright';
import type { App } from '../pages/app.ts';
import { expect, test } from '../stack/fixtures.ts';

const PAGES = [
  { keys: 'gs', heading: 'Sync and data' },
  { keys: 'gm', heading: 'Changes that met' },
] as const;

async function openPage(app: App, { keys, heading }: (typeof PAGES)[number]): Promise<void> {
  for (const key of keys) await app.page.locator('body').press(key);
  await expect(app.page.getByRole('heading', { name: heading })).toBeVisible();
}

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing on the pages of sync, ${scheme}`, async ({ newApp }) => {
    const app = await newApp();
    await app.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await app.signInAndSync('owner@demo.test');
    for (const page of PAGES) {
      await openPage(app, page);
      const { violations } = await new AxeBuilder({ page: app.page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${page.heading}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
    }
  });

test('the pages of sync hold in a window of 360 pixels', async ({ newApp }) => {
  const app = await newApp();
  await app.page.setViewportSize({ width: 360, height: 740 });
  await app.signIn('owner@demo.test');
  await expect(app.rows.nth(1)).toBeVisible();
  for (const page of PAGES) {
    await openPage(app, page);
    expect(
      await app.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      page.heading,
    ).toBeLessThanOrEqual(0);
  }
});
