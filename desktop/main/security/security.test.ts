import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session, WebContents, WebFrameMain } from 'electron';
import { afterAll, expect, test } from 'vitest';
import type { Bridge } from '../../../shared/bridge/bridge-contract.ts';
import { findFile, registerAppScheme } from '../app-protocol.ts';
import { serveBridge } from '../bridge-ipc.ts';
import { call, ipcMain, opened, schemes, shell, type PermissionHandlers } from '../electron.fake.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';
import { isForTheSystem, limitNavigation } from './limit-navigation.ts';
import { limitPermissions } from './limit-permissions.ts';
import { secureWebPreferences } from './web-preferences.ts';

test('the page is isolated, sandboxed and without Node', () => {
  expect(secureWebPreferences('/p.cjs')).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
});

test('the policy lets the page run only its own scripts', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self';");
  expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe-eval');
});

test('the window stays in the app, and links open in the system only when they are https, mail or phone', () => {
  type Listener = (event: { preventDefault: () => void }, url: string) => void;
  const listeners = new Map<string, Listener>();
  let openWindow: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  const contents = {
    on: (name: string, listener: Listener) => listeners.set(name, listener),
    setWindowOpenHandler: (handler: typeof openWindow) => void (openWindow = handler),
  } as unknown as WebContents;
  limitNavigation(contents, shell.openExternal);
  const isStopped = (event: string, url: string) => {
    let stopped = false;
    listeners.get(event)?.({ preventDefault: () => void (stopped = true) }, url);
    return stopped;
  };
  expect(isStopped('will-navigate', 'app://switchboard/contacts')).toBe(false);
  expect(isStopped('will-navigate', 'https://evil.example')).toBe(true);
  expect(isStopped('will-navigate', 'app://switchboard.evil.example/')).toBe(true);
  expect(isStopped('will-redirect', 'file:///etc/passwd')).toBe(true);
  expect(openWindow?.({ url: 'https://example.com' } as never)).toEqual({ action: 'deny' });
  openWindow?.({ url: 'file:///etc/passwd' } as never);
  expect(opened).toEqual(['https://example.com']);
  expect(['tel:+15035550142', 'javascript:alert(1)', 'smb://x'].map(isForTheSystem)).toEqual([true, false, false]);
});

test('permissions the app does not use are refused', () => {
  const set: PermissionHandlers = {};
  limitPermissions({
    setPermissionRequestHandler: (handler: PermissionHandlers['request']) => void (set.request = handler),
    setPermissionCheckHandler: (handler: PermissionHandlers['check']) => void (set.check = handler),
  } as unknown as Session);
  const decisions: boolean[] = [];
  for (const permission of ['geolocation', 'notifications'] as const)
    set.request?.({} as WebContents, permission, (granted) => void decisions.push(granted), {} as never);
  expect(decisions).toEqual([false, true]);
  expect(set.check?.(null, 'usb', '', {} as never)).toBe(false);
});

test('only the top frame of our own page reaches the core', async () => {
  const bridge = { call: async () => ({ data: 'reached' }), subscribe: () => () => {} } as unknown as Bridge;
  serveBridge(ipcMain as never, bridge);
  const frame = (url: string, parent: WebFrameMain | null = null) => ({ senderFrame: { url, parent } as WebFrameMain });
  expect(await call('bridge:call', frame('app://switchboard/'), 'contacts.count', {})).toEqual({ data: 'reached' });
  for (const sender of [
    frame('https://evil.example/'),
    frame('app://switchboard/', {} as WebFrameMain),
    { senderFrame: null },
  ])
    expect(await call('bridge:call', sender, 'contacts.count', {})).toMatchObject({ error: { code: 'forbidden' } });
});

const dir = mkdtempSync(path.join(tmpdir(), 'renderer-'));
mkdirSync(path.join(dir, 'assets'));
for (const name of ['index.html', 'assets/app.js']) writeFileSync(path.join(dir, name), name);
afterAll(() => rmSync(dir, { recursive: true }));

test('the app scheme serves files of the renderer, its page for routes, and nothing outside', async () => {
  registerAppScheme();
  expect(schemes).toEqual(['app']);
  expect(await findFile(dir, '/assets/app.js')).toBe(path.join(dir, 'assets/app.js'));
  expect(await findFile(dir, '/contacts/1')).toBe(path.join(dir, 'index.html'));
  expect(await findFile(dir, '/../../../../etc/passwd')).toBe(path.join(dir, 'index.html'));
  expect(await findFile(dir, '/%2e%2e/%2e%2e/etc/passwd')).toBe(path.join(dir, 'index.html'));
});
