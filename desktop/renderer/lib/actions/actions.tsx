import type { LucideIcon } from 'lucide-react';
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { must } from '../../../../shared/kernel/must.ts';
import { dispatchKey } from './dispatch-key.ts';
import { keyChoices, shortcutsNow, subscribeKeyChoices } from './key-choices.ts';
import type { Shortcut } from './shortcut.ts';

/** One thing a person can do here and now. The menu, the palette, the toolbar and the `?` sheet all read this object. */
export type Action = {
  id: string;
  label: string;
  icon: LucideIcon;
  /** The heading it stands under. */
  section: string;
  /** The first is the one that is shown. */
  shortcuts?: readonly Shortcut[];
  /** Absent means always. */
  when?: () => boolean;
  /** Movement and other keys that make no sense as a palette entry. */
  keyOnly?: boolean;
  run: () => void;
};

type Registry = {
  set: (key: object, actions: readonly Action[]) => void;
  remove: (key: object) => void;
  list: () => Action[];
  /** The key as it is now, of what is done here by this key unless a person chose another. */
  nowFor: (shortcut: Shortcut) => Shortcut;
  subscribe: (listener: () => void) => () => void;
};

const ActionsContext = createContext<Registry | null>(null);

function createRegistry(): Registry {
  const byScreen = new Map<object, readonly Action[]>();
  const listeners = new Set<() => void>();
  const isChanged = () => Object.keys(keyChoices()).length > 0;
  const tell = () => {
    if (isChanged()) for (const listener of listeners) listener();
  };
  /** The newest screen first, so that its meaning of a key wins. */
  const raw = () => [...byScreen.values()].toReversed().flat();
  return {
    set: (key, actions) => {
      byScreen.set(key, actions);
      tell();
    },
    remove: (key) => {
      byScreen.delete(key);
      tell();
    },
    list: () =>
      raw()
        .filter((action) => action.when?.() ?? true)
        .map((action) => (action.shortcuts ? { ...action, shortcuts: shortcutsNow(action) } : action)),
    nowFor: (shortcut) => {
      if (!isChanged()) return shortcut;
      const action = raw().find(({ shortcuts }) => shortcuts?.[0] === shortcut);
      return action ? (shortcutsNow(action)[0] ?? shortcut) : shortcut;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      const stop = subscribeKeyChoices(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
}

export function ActionsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useEffect(() => {
    const onKeyDown = dispatchKey(registry.list);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
  return <ActionsContext value={registry}>{children}</ActionsContext>;
}

const useRegistry = () => must(useContext(ActionsContext), 'ActionsProvider');

/** Offers these actions while the calling component is on screen. */
export function useActions(actions: readonly Action[]): void {
  const registry = useRegistry();
  const key = useRef({});
  useEffect(() => registry.set(key.current, actions));
  useEffect(() => {
    const mine = key.current;
    return () => registry.remove(mine);
  }, [registry]);
}

/** What can be done right now, for a palette or a sheet that is just opening. */
export const useListActions = (): (() => Action[]) => useRegistry().list;

const NEVER = () => () => {};

/** The key to show for a control: its own, or the one that was chosen for what the control does. */
export function useShownShortcut(shortcut: Shortcut | undefined): Shortcut | undefined {
  const registry = useContext(ActionsContext);
  return useSyncExternalStore(registry?.subscribe ?? NEVER, () =>
    shortcut === undefined ? undefined : (registry?.nowFor(shortcut) ?? shortcut),
  );
}
