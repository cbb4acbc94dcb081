import type { LucideIcon } from 'lucide-react';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { must } from '../../../../shared/kernel/must.ts';
import { dispatchKey } from './dispatch-key.ts';
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
};

const ActionsContext = createContext<Registry | null>(null);

function createRegistry(): Registry {
  const byScreen = new Map<object, readonly Action[]>();
  return {
    set: (key, actions) => void byScreen.set(key, actions),
    remove: (key) => void byScreen.delete(key),
    /** The newest screen first, so that its meaning of a key wins. */
    list: () => [...byScreen.values()].toReversed().flatMap((actions) => actions.filter((a) => a.when?.() ?? true)),
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
