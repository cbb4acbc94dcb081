import { spawnSync } from 'node:child_process';

// Builds the renderer as it ships, then runs the scenarios (arguments go to Playwright: a file name, --headed, …).
const run = (command: string, ...args: string[]): number =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;

const built = run('vite', 'build', '--logLevel', 'warn', '--config', 'desktop/renderer/vite.config.ts');
process.exit(built === 0 ? run('playwright', 'test', ...process.argv.slice(2)) : built);
