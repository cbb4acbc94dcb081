import { useSyncExternalStore } from 'react';
import type { Shortcut } from './shortcut.ts';

/** Action → the key that a person chose for it. */
export type KeyChoices = Readonly<Record<string, Shortcut>>;

const NONE: KeyChoices = {};
const listeners = new Set<() => void>();
let owner: string | null = null;
let choices: KeyChoices = NONE;

const placeOf = (userId: string) => `switchboard.keys.${userId}`;
const tell = () => {
  for (const listener of listeners) listener();
};

function read(userId: string): KeyChoices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(userId)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return NONE;
    return Object.fromEntries(Object.entries(kept).filter(([, key]) => typeof key === 'string')) as KeyChoices;
  } catch {
    return NONE;
  }
}

/** Whose keys count from now on: each person has their own on this computer. */
export function keysBelongTo(userId: string): void {
  if (owner === userId) return;
  owner = userId;
  choices = read(userId);
  queueMicrotask(tell);
}

/** Chooses a key for an action; null brings its own back. */
export function chooseKey(actionId: string, shortcut: Shortcut | null): void {
  if (owner === null) return;
  const { [actionId]: _before, ...rest } = choices;
  choices = shortcut === null ? rest : { ...rest, [actionId]: shortcut };
  localStorage.setItem(placeOf(owner), JSON.stringify(choices));
  tell();
}

export function resetKeys(): void {
  choices = NONE;
  if (owner !== null) localStorage.removeItem(placeOf(owner));
  tell();
}

export const keyChoices = (): KeyChoices => choices;

export const subscribeKeyChoices = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useKeyChoices = (): KeyChoices => useSyncExternalStore(subscribeKeyChoices, keyChoices);

/** The keys of an action as they are now: a chosen one stands in the place of the first. */
export function shortcutsNow(action: { id: string; shortcuts?: readonly Shortcut[] }): readonly Shortcut[] {
  const own = action.shortcuts ?? [];
  const chosen = choices[action.id];
  return chosen === undefined ? own : [chosen, ...own.slice(1).filter((one) => one !== chosen)];
}
