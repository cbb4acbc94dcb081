import { spawnSync } from 'node:child_process';

// With E2E_HOST=electron the same scenarios run in Electron instead of the browser host.
// Builds the renderer as it ships, then runs the scenarios (arguments go to Playwright: a file name, --headed, …): on the embedded
// database and shape log, and once more on the Electric service at ELECTRIC_URL, which follows the empty database at DATABASE_URL.
const args = process.argv.slice(2);
const { ELECTRIC_URL, DATABASE_URL, ...env } = process.env;

const run = (command: string, rest: string[], more: Record<string, string> = {}): number =>
  spawnSync(command, rest, { stdio: 'inherit', shell: process.platform === 'win32', env: { ...env, ...more } })
    .status ?? 1;

/** Why the scenarios cannot run on the Electric service, or null. */
async function findObstacle(): Promise<string | null> {
  if (!ELECTRIC_URL) return 'ELECTRIC_URL is not set';
  if (!DATABASE_URL) return 'DATABASE_URL is not set';
  const health = await fetch(new URL('/v1/health', ELECTRIC_URL)).catch(() => null);
  return health?.ok ? null : `nothing answers at ${ELECTRIC_URL}`;
}

async function main(): Promise<number> {
  const built =
    env['E2E_HOST'] === 'electron'
      ? run('electron-vite', ['build', '--logLevel', 'warn'])
      : run('vite', ['build', '--logLevel', 'warn', '--config', 'desktop/renderer/vite.config.ts']);
  if (built !== 0) return built;
  const embedded = run('playwright', ['test', ...args]);
  const obstacle = await findObstacle();
  if (obstacle) {
    process.stdout.write(`Scenarios on the Electric service: skipped, ${obstacle}.\n`);
    return embedded;
  }
  const electric = { ELECTRIC_URL: ELECTRIC_URL ?? '', DATABASE_URL: DATABASE_URL ?? '' };
  const seeded = run('node', ['sync-server/seed.ts'], electric);
  const report = { PLAYWRIGHT_JSON_OUTPUT_FILE: 'out/playwright-electric.json' };
  return embedded || seeded || run('playwright', ['test', ...args], { ...electric, ...report });
}

process.exit(await main());
