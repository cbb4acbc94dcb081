import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';
import { Desktop } from '../e2e/stack/stack.ts';
import { atMost, percentile, told, type Metric } from './metric.ts';
import { OWNER, startSeededServer } from './stack.ts';

const CONTACTS = 100_000;
const STARTS = 5;

/** From starting the process to contacts on the screen with 100,000 in the replica, then the frames of a long scroll. */
export async function run(): Promise<Metric[]> {
  const { server } = await startSeededServer(CONTACTS);
  const browser = await chromium.launch(config.use?.launchOptions);
  const desktop = await Desktop.start(server);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(desktop.url);
  await page.getByLabel('Work email').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'All changes saved. Open the outbox' }).waitFor({ timeout: 120_000 });
  await page.close();

  const starts: number[] = [];
  let frames: number[] = [];
  let idle: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const started = performance.now();
    await desktop.killAndRestart();
    const again = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await again.goto(desktop.url);
    await again.getByRole('row').nth(5).waitFor();
    starts.push(performance.now() - started);
    if (i === STARTS - 1) {
      idle = await framesDuring(again, async () => {
        await again.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
      });
      frames = await framesDuring(again, () => scroll(again));
    }
    await again.close();
  }
  await desktop.stop();
  await browser.close();
  await server.stop();
  const late = (samples: readonly number[]) => (samples.filter((ms) => ms > 25).length / samples.length) * 100;
  return [
    told('start of the process to the list of 100k contacts on screen, p50', 'ms', percentile(starts, 0.5)),
    atMost('frames over 25 ms while scrolling', '%', late(frames), 1, late(idle)),
    told('frame while scrolling, p99', 'ms', percentile(frames, 0.99), percentile(idle, 0.99)),
    told('frames measured', 'frames', frames.length),
  ];
}

/** Milliseconds between frames while `act` runs. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const tick = (now: number) => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames });
  });
  await act();
  return page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
}

/** Down the list with the wheel, about 20 s: p99 wants more than a thousand frames. */
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(600, 500);
  for (let i = 0; i < 800; i += 1) {
    await page.mouse.wheel(0, 240);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
