import { test as base } from '@playwright/test';
import { App } from '../pages/app.ts';
import { ElectronDesktop } from './electron-desktop.ts';
import { Desktop, ServerStack, type DesktopHost } from './stack.ts';

/** Signs the webhooks of the tests. The sandbox carries what we send: no account is named. */
export const TWILIO_AUTH_TOKEN = 'e2e-auth-token';

type Fixtures = {
  /** Another desktop with its own replica, its page open. */ newApp: (options?: {
    knowsServer: boolean;
  }) => Promise<App>;
};

/** One real server for all scenarios of a run; every desktop is new. */
export const test = base.extend<Fixtures, { server: ServerStack }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern even where nothing is asked of it
    async ({}, use) => {
      const server = await ServerStack.start({ TWILIO_AUTH_TOKEN });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  newApp: async ({ browser, server }, use) => {
    const desktops: DesktopHost[] = [];
    const open = async (knowsServer?: boolean): Promise<App> => {
      if (process.env['E2E_HOST'] === 'electron') {
        const desktop = await ElectronDesktop.start(server, knowsServer);
        desktops.push(desktop);
        return new App(await desktop.show(), desktop);
      }
      const desktop = await Desktop.start(server, knowsServer);
      desktops.push(desktop);
      // Of their own, so that two desktops share no cookie, as two computers don't.
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
      return new App(await context.newPage(), desktop);
    };
    await use((options) => open(options?.knowsServer));
    for (const context of browser.contexts()) await context.close();
    for (const desktop of desktops) await desktop.stop();
  },
});

export { expect } from '@playwright/test';
