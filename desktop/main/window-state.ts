import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const size = z.number().int();
const kept = z.object({ x: size, y: size, width: size.min(360), height: size.min(480), maximized: z.boolean() });
export type WindowState = z.output<typeof kept>;

const DEFAULT = { width: 1440, height: 900 };
/** So much of the title bar must be on a screen that the window can be grabbed. */
const GRIP = 80;

/** Where the window was, when it is still on a screen; else the system chooses. */
export function readWindowState(file: string, screens: readonly Rectangle[]): Partial<WindowState> {
  const known = kept.safeParse(readJson(file)).data;
  if (!known) return DEFAULT;
  const { x, y, width, height, maximized } = known;
  const isSeen = screens.some(
    (one) => x + width - GRIP > one.x && x + GRIP < one.x + one.width && y >= one.y && y + GRIP < one.y + one.height,
  );
  return isSeen ? known : { width, height, maximized };
}

/** Kept when the window closes, and a moment after it was moved, because a power cut closes nothing. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    try {
      writeFileSync(`${file}.new`, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk is no reason to bother anybody about where a window was.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', keep);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
