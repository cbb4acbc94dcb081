import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// npm start: the server where none answers yet, then Electron where its program is installed, else the browser host.
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { profile: { type: 'string', default: 'default' }, browser: { type: 'boolean', default: false } },
});
const port = Number(process.env['PORT'] ?? 5002);
const serverUrl = process.env['SERVER_URL'] ?? `http://127.0.0.1:${port}`;
const dataDir = path.resolve(process.env['DATA_DIR'] ?? path.join(root, '.data'));
const children: ChildProcess[] = [];
let stopping = false;

function fail(message: string): never {
  console.error(message);
  for (const child of children) child.kill();
  process.exit(1);
}

/** Starts a process of ours and resolves with the line that says it is ready. */
function start(name: string, command: string, args: string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    children.push(child);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const text = String(chunk);
      output += text;
      const ready = /ready on (\S+)/.exec(output);
      if (ready?.[1]) resolve(ready[1]);
      if (!ready || name === 'server') process.stdout.write(text);
    });
    child.on('close', (code) => {
      if (!stopping) void stop(code ?? 1);
    });
  });
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Windows has no signals to send: each process also stops when told so, or when it loses us.
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    if (child.connected) child.send('stop');
    else child.kill('SIGTERM');
    await new Promise((resolve) => child.once('close', resolve));
  }
  process.exit(code);
}

const answers = async (): Promise<boolean> => {
  const reply = await fetch(`${serverUrl}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  return reply?.ok === true;
};

function electronProgram(): string | null {
  const pathFile = path.join(root, 'node_modules/electron/path.txt');
  if (!existsSync(pathFile)) return null;
  const program = path.join(root, 'node_modules/electron/dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

function openInBrowser(url: string): void {
  if (process.env['CI'] || process.env['NO_OPEN']) return;
  const openers: Record<string, [string, ...string[]]> = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url],
  };
  const [command, ...args] = openers[process.platform] ?? (hasDisplay ? ['xdg-open', url] : ['true']);
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
const electron = !options.browser && hasDisplay ? electronProgram() : null;

const bin = (name: string) => path.join(root, 'node_modules', name);
const build = electron
  ? [bin('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  : [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--config', 'desktop/renderer/vite.config.ts'];
if (spawnSync(process.execPath, build, { cwd: root, stdio: 'inherit' }).status !== 0)
  fail('The app could not be built. The lines above say why.');

if (!(await answers())) {
  if (process.env['SERVER_URL']) console.log(`No server answers at ${serverUrl}: you work offline until it does.`);
  else
    await start('server', process.execPath, ['sync-server/server.ts'], {
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    });
}

const profile = { PROFILE: options.profile, SERVER_URL: serverUrl, DATA_DIR: dataDir };
if (electron) {
  await start('app', electron, [root], profile);
} else {
  console.log(
    hasDisplay && !options.browser
      ? 'Electron is not installed here (npx install-electron brings it): the app opens in your browser instead.'
      : 'The app opens in your browser.',
  );
  const url = await start('app', process.execPath, ['desktop/web-host/main.ts'], profile);
  console.log(`\n  Switchboard: ${url}\n\n  Demo: owner@demo.test, password demo-password. Ctrl-C stops.\n`);
  openInBrowser(url);
}
