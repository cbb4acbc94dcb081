import { useSyncExternalStore } from 'react';
import { speak } from './i18n/i18n.ts';
import type { LanguageChoice } from './i18n/language.ts';
import { useIsTight } from './use-media.ts';

/** How this window looks, kept on this computer. */
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'regular' | 'relaxed';
  rail: boolean;
  language: LanguageChoice;
};

const KEY = 'switchboard.preferences';
const DEFAULTS: Preferences = { theme: 'system', density: 'regular', rail: false, language: 'system' };
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

/** Writes theme, density and language onto the page. Called once before the first paint, then on every change. */
export function applyPreferences(): void {
  const { theme, density, language } = get();
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
  speak(language);
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
