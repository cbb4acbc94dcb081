import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

// npm test: check, then unit, Postgres and DOM tests, then the end-to-end scenarios. Everything runs; the last line counts.
type Counts = { passed: number; failed: number };

const VITEST_REPORT = 'out/vitest.json';
const PLAYWRIGHT_REPORT = 'out/playwright.json';
/** Only where an Electric service is reachable. */
const ELECTRIC_REPORT = 'out/playwright-electric.json';

mkdirSync('out', { recursive: true });
for (const report of [VITEST_REPORT, PLAYWRIGHT_REPORT, ELECTRIC_REPORT]) rmSync(report, { force: true });

const run = (command: string, args: string[], env: Record<string, string> = {}): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' })
    .status === 0;

const checked = run('node', ['tools/check.ts']);
const unitRan = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`]);
const e2eRan = run('node', ['tools/e2e.ts', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
});

const units = readReport<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>(
  VITEST_REPORT,
  (r) => ({
    passed: r.numPassedTests,
    // A file that cannot even be loaded has no tests to count.
    failed: r.numFailedTests || r.numFailedTestSuites,
  }),
);
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } };
const readScenarios = (file: string): Counts =>
  readReport<PlaywrightReport>(file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }));
const embedded = readScenarios(PLAYWRIGHT_REPORT);
const electric = existsSync(ELECTRIC_REPORT) ? readScenarios(ELECTRIC_REPORT) : { passed: 0, failed: 0 };
const scenarios = { passed: embedded.passed + electric.passed, failed: embedded.failed + electric.failed };
const passed = Number(checked) + units.passed + scenarios.passed;
const failed = Number(!checked) + atLeast(units.failed, unitRan) + atLeast(scenarios.failed, e2eRan);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readReport<Report>(file: string, count: (report: Report) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  return count(JSON.parse(readFileSync(file, 'utf8')) as Report);
}

/** A runner that failed without a failed test (a crash, an unhandled error) still counts as one. */
function atLeast(count: number, ran: boolean): number {
  return ran ? count : Math.max(1, count);
}
