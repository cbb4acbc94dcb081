import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { must } from '../../../shared/kernel/must.ts';

/** What a new task is about, where it was asked for. */
export type TaskAbout = { contactId?: string | null; conversationId?: string | null; contactName?: string };

type QuickTask = {
  /** Null while nobody asks for a task. */
  about: TaskAbout | null;
  ask: (about?: TaskAbout) => void;
  close: () => void;
  /** What the screen is about, for tasks asked for by key. */
  setScreen: (about: TaskAbout | null) => void;
};

const QuickTaskContext = createContext<QuickTask | null>(null);

/** One dialog for a new task, opened from anywhere. */
export function QuickTaskProvider({ children }: { children: ReactNode }) {
  const [about, setAbout] = useState<TaskAbout | null>(null);
  const screen = useRef<TaskAbout | null>(null);
  const value = useMemo(
    () => ({
      about,
      ask: (given?: TaskAbout) => setAbout(given ?? screen.current ?? {}),
      close: () => setAbout(null),
      setScreen: (next: TaskAbout | null) => {
        screen.current = next;
      },
    }),
    [about],
  );
  return <QuickTaskContext value={value}>{children}</QuickTaskContext>;
}

export const useQuickTask = (): QuickTask => must(useContext(QuickTaskContext), 'QuickTaskProvider');

/** While the caller is on screen, a task asked for by key is about this. */
export function useScreenIsAbout({ contactId, conversationId, contactName }: TaskAbout): void {
  const { setScreen } = useQuickTask();
  useEffect(() => {
    setScreen({
      ...(contactId ? { contactId } : {}),
      ...(conversationId ? { conversationId } : {}),
      ...(contactName ? { contactName } : {}),
    });
    return () => setScreen(null);
  }, [setScreen, contactId, conversationId, contactName]);
}
