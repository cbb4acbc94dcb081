import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), asserted on the app as it is built: what the
// sources promise is worth nothing if the bundle lost it.
const out = mkdtempSync(path.join(tmpdir(), 'built-'));
let main: string;
let preload: string;
let page: string;
let scripts: string;

beforeAll(() => {
  const electronVite = path.resolve('node_modules/electron-vite/bin/electron-vite.js');
  execFileSync(process.execPath, [electronVite, 'build', '--outDir', out, '--logLevel', 'error']);
  main = readAll(path.join(out, 'main'), /^index\.js$|^chunks\//);
  preload = readFileSync(path.join(out, 'preload/index.cjs'), 'utf8');
  page = readFileSync(path.join(rendererDir(), 'index.html'), 'utf8');
  scripts = readAll(rendererDir(), /\.js$/);
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

// The renderer's own settings name where it is built to.
const rendererDir = () =>
  readdirSync(out).includes('renderer') ? path.join(out, 'renderer') : path.resolve('out/renderer');

function readAll(dir: string, wanted: RegExp): string {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => wanted.test(file));
  expect(files.length).toBeGreaterThan(0);
  return files.map((file) => readFileSync(path.join(dir, file), 'utf8')).join('\n');
}

const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;

test('2, 3, 4, 6, 8, 9, 11: every window is isolated, sandboxed and without Node', () => {
  expect(count(main, /new BrowserWindow\(/g)).toBe(1);
  for (const setting of [
    'nodeIntegration: false',
    'contextIsolation: true',
    'sandbox: true',
    'webSecurity: true',
    'allowRunningInsecureContent: false',
    'experimentalFeatures: false',
    'webviewTag: false',
  ])
    expect([setting, main.includes(setting)]).toEqual([setting, true]);
  for (const breach of [
    /nodeIntegration(InWorker|InSubFrames)?: true/,
    /contextIsolation: false/,
    /sandbox: false/,
    /webSecurity: false/,
    /enableBlinkFeatures/,
    /--no-sandbox/,
    /@electron\/remote|enableRemoteModule/,
  ])
    expect([String(breach), breach.test(main)]).toEqual([String(breach), false]);
});

test('1, 7, 18: pages come from the app’s own scheme with a policy that runs only our scripts, never from the network or from files', () => {
  expect(count(main, /loadURL\(/g)).toBe(1);
  expect(main).toMatch(/loadURL\(`\$\{APP_ORIGIN\}\/`\)/);
  expect(main).not.toMatch(/loadFile\(|loadURL\(["'`](https?|file):/);
  expect(main).toMatch(/content-security-policy/);
  expect(main).toMatch(/script-src 'self'"/);
  expect(main).not.toMatch(/unsafe-eval|script-src[^"]*unsafe-inline/);
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  for (const [, source] of page.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]*)"/g))
    expect(source).toMatch(/^\.\//);
});

test('5: permissions are asked and answered in one place, and 12, 13, 14: windows stay in the app', () => {
  for (const handler of [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setWindowOpenHandler',
    'will-navigate',
    'will-redirect',
    'will-attach-webview',
  ])
    expect([handler, main.includes(handler)]).toEqual([handler, true]);
  expect(main).toMatch(/action: ["']deny["']/);
  expect(main).not.toMatch(/action: ["']allow["']/);
});

test('15: links open outside in two places, and both look at the scheme first', () => {
  expect(count(main, /shell\.openExternal\(/g)).toBe(2);
  expect(main).toMatch(/isForTheSystem\(url\)\)\s+(void )?openExternal\(url\)/);
  expect(main).toMatch(/!mayOpenLink\(url\)/);
});

test('17: one channel leads in, and it looks at who calls', () => {
  expect(count(main, /ipcMain\d*\.(handle|on|handleOnce|once)\(/g)).toBe(
    count(main, /ipcMain\d*\.handle\(["']bridge:call["']/g),
  );
  expect(main).toMatch(/handle\(["']bridge:call["'][^]{0,200}isTrustedSender\(event\)/);
});

test('20: the page gets two functions, and nothing of Electron', () => {
  expect(count(preload, /exposeInMainWorld\(/g)).toBe(1);
  expect(preload).toMatch(/exposeInMainWorld\(["']switchboard["']/);
  expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  expect(count(preload, /ipcRenderer\.(invoke|send|on|once|sendSync|postMessage)\(/g)).toBe(2);
  expect(scripts).not.toMatch(/require\(["']electron["']\)|window\.require|ipcRenderer/);
});

test('nothing makes code out of text, no program is started, and crashes are reported to nobody', () => {
  for (const code of [main, preload]) expect(code).not.toMatch(/\beval\(|new Function\(|vm\.run|executeJavaScript\(/);
  expect(main).not.toMatch(/child_process|crashReporter/);
});
