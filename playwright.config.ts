import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

/** An installed Chromium or Chrome, else Playwright's own, else a failure that names the line to run. */
function findBrowser(): { executablePath?: string; channel?: string } {
  const named = process.env['PLAYWRIGHT_CHROMIUM'];
  if (named) return { executablePath: named };
  const installed = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  ].find((file) => existsSync(file));
  if (installed) return { executablePath: installed };
  if (existsSync(chromium.executablePath())) return {};
  throw new Error('No Chromium or Chrome was found for the end-to-end tests. Run: npx playwright install chromium');
}

export default defineConfig({
  testDir: 'e2e/scenarios',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  reporter: [['list']],
  outputDir: 'out/e2e',
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...findBrowser(),
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
