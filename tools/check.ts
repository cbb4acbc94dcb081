import { spawnSync } from 'node:child_process';

const TYPED = [
  'shared',
  'desktop/core',
  'desktop/host',
  'desktop/preload',
  'desktop/main',
  'desktop/web-host',
  'desktop/renderer',
  'sync-server',
  'e2e',
];

/** Everything that must hold before a change lands, quickest first. All of it runs, so that one call shows every problem. */
const STEPS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['lock file', 'node', 'tools/check-lock.ts'],
  ['format', 'oxfmt', '--check', '.'],
  ...TYPED.map((folder) => [`types of ${folder}`, 'tsc', '-p', folder] as const),
  ['lint', 'oxlint', '--type-aware', '--quiet'],
  ['sizes and names', 'node', 'tools/check-sizes.ts'],
  ['import law', 'node', 'tools/check-imports.ts'],
  ['dead code', 'knip', '--no-progress'],
  ['installer description', 'node', 'tools/check-builder.ts'],
  ['licences', 'node', 'tools/check-licences.ts'],
  ['known weaknesses', 'node', 'tools/check-audit.ts'],
  ['installer contents', 'node', 'tools/check-pack.ts'],
];

let failed = 0;
for (const [name, command, ...args] of STEPS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed += 1;
  console.log(`${stdout ?? ''}${stderr ?? ''}`);
}
console.log(failed === 0 ? 'check passed' : `check failed: ${failed} of ${STEPS.length}`);
process.exit(failed === 0 ? 0 : 1);
