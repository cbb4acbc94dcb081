import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterAll, expect, test } from 'vitest';
import { keepWindowState, readWindowState } from './window-state.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'window-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = path.join(dir, 'window.json');
const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const left = { x: -1920, y: 0, width: 1920, height: 1080 };

test('a window comes back where it was closed, as large as before it was maximized', () => {
  const listeners = new Map<string, () => void>();
  const bounds = { x: -1800, y: 40, width: 1200, height: 800 };
  const window = {
    isDestroyed: () => false,
    isMinimized: () => false,
    isMaximized: () => true,
    getNormalBounds: () => bounds,
    on: (name: string, listener: () => void) => listeners.set(name, listener),
  } as unknown as BrowserWindow;
  keepWindowState(window, file);
  listeners.get('close')?.();
  expect(readWindowState(file, [laptop, left])).toEqual({ ...bounds, maximized: true });
  // Its screen was unplugged.
  expect(readWindowState(file, [laptop])).toEqual({ width: 1200, height: 800, maximized: true });
});

test('a window whose title bar nobody could grab is placed anew', () => {
  for (const [x, y] of [
    [1400, 20],
    [-1190, 20],
    [10, -30],
    [10, 850],
  ]) {
    writeFileSync(file, JSON.stringify({ x, y, width: 1200, height: 800, maximized: false }));
    expect([x, y, readWindowState(file, [laptop])]).toEqual([x, y, { width: 1200, height: 800, maximized: false }]);
  }
});

test('a file that makes no sense counts as none', () => {
  for (const text of ['', '{}', '{"x":0,"y":0,"width":5,"height":5,"maximized":false}', 'null']) {
    writeFileSync(file, text);
    expect(readWindowState(file, [laptop])).toEqual({ width: 1440, height: 900 });
  }
});
