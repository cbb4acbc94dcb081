import { useSyncExternalStore } from 'react';
import { useIsTight } from './use-media.ts';

/** How this window looks, kept on this computer. */
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'regular' | 'relaxed';
  rail: boolean;
};

const KEY = 'switchboard.preferences';
const DEFAULTS: Preferences = { theme: 'system', density: 'regular', rail: false };
const listeners = new Set<() => void>();
let current: Preferences | null = null;

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

const get = (): Preferences => (current ??= read());

/** Writes theme and density onto the page. Called once before the first paint, then on every change. */
export function applyPreferences(): void {
  const { theme, density } = get();
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...get(), ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

export const usePreferences = (): Preferences =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, get);

/** Whether the sidebar is a rail: by choice, or because the panes need the room. */
export function useRail(): boolean {
  const { rail } = usePreferences();
  return useIsTight() || rail;
}
