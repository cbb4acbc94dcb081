import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from 'electron';
import { afterAll, expect, test } from 'vitest';
import { StartAtLogin } from './start-at-login.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'login-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('on Linux a file in the autostart folder starts the app without a window, until it is taken away', () => {
  const autostartDir = path.join(dir, 'autostart');
  const login = new StartAtLogin({ app: {} as App, autostartDir, program: '/opt/my "app"/100%' }, 'linux');
  expect(login.isOn).toBe(false);
  login.set(true);
  expect(login.isOn).toBe(true);
  expect(readFileSync(path.join(autostartDir, 'switchboard.desktop'), 'utf8')).toContain(
    String.raw`Exec="/opt/my \"app\"/100%%" --hidden`,
  );
  login.set(false);
  expect(login.isOn).toBe(false);
});

test('elsewhere the system is asked and told', () => {
  let settings = { openAtLogin: false };
  const app = {
    getLoginItemSettings: () => settings,
    setLoginItemSettings: (next: typeof settings) => void (settings = next),
  } as unknown as App;
  const login = new StartAtLogin({ app, autostartDir: dir, program: '' }, 'darwin');
  login.set(true);
  expect([login.isOn, settings]).toEqual([true, { openAtLogin: true, args: ['--hidden'] }]);
});
