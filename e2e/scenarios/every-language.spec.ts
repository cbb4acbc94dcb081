import { AxeBuilder } from '@axe-core/playwright';
import type { App } from '../pages/app.ts';
import { expect, test } from '../stack/fixtures.ts';

const PREFERENCES = 'switchboard.preferences';

async function expectAccessible(app: App, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: app.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${place}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

/** Every page by its address, so that no word is needed to get there. */
const PAGES = ['contacts', 'inbox', 'outbox', 'sync', 'merges', 'imports'];

async function visitAll(app: App, look: (place: string) => Promise<void>): Promise<void> {
  for (const place of PAGES) {
    await app.page.evaluate((to) => (location.hash = `#/${to}`), place);
    await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(place);
  }
}

async function expectNothingSticksOut(app: App): Promise<void> {
  await visitAll(app, async (place) => {
    const sideways = await app.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, place).toBeLessThanOrEqual(0);
  });
}

const speaking = (app: App, language: string) =>
  app.page.addInitScript(
    ([key, value]) => localStorage.setItem(key ?? '', value ?? ''),
    [PREFERENCES, JSON.stringify({ language })],
  );

test('in Spanish everything is accessible, at 200 % too, and what the server says is Spanish too', async ({
  newApp,
}) => {
  const app = await newApp();
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await speaking(app, 'es');
  await app.open();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'es');
  await app.page.getByLabel('Correo del trabajo').fill('owner@demo.test');
  await app.page.getByLabel('Contraseña', { exact: true }).fill('not the password');
  await app.page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await expect(app.page.getByRole('alert')).toHaveText('El correo o la contraseña no son correctos.');
  await expectAccessible(app, 'sign-in');
  await app.page.getByLabel('Contraseña', { exact: true }).fill('demo-password');
  await app.page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await expect(app.page.getByRole('grid', { name: 'Contactos' }).getByRole('row').nth(1)).toBeVisible();
  await visitAll(app, (place) => expectAccessible(app, place));
  // a window of 1280 by 800 at twice the size of everything
  await app.page.setViewportSize({ width: 640, height: 400 });
  await expectNothingSticksOut(app);
});

test('from right to left everything is accessible, and nothing sticks out of a window of 360 pixels', async ({
  newApp,
}) => {
  const app = await newApp();
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.signInAndSync('owner@demo.test');
  await speaking(app, 'ar-XB');
  await app.page.reload();
  await expect(app.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await visitAll(app, (place) => expectAccessible(app, place));
  await app.page.setViewportSize({ width: 360, height: 740 });
  await expectNothingSticksOut(app);
});
