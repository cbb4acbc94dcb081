import { useSyncExternalStore } from 'react';
import { markSeen } from '../../../../shared/people/member-operations.ts';
import { useIdentity } from '../../lib/use-identity.ts';
import { useRunOperation } from '../../lib/operations/use-operation.ts';
import { useQuery } from '../../lib/use-query.ts';

const SEEN = 'tour';
export const STEPS = 5;

type Progress = { step: number; later: boolean };
const START: Progress = { step: 0, later: false };
const placeOf = (userId: string) => `switchboard.tour.${userId}`;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

function read(text: string | null): Progress {
  try {
    const { step, later } = { ...START, ...(JSON.parse(text ?? '{}') as Partial<Progress>) };
    return { step: Math.min(Math.max(0, Math.trunc(Number(step)) || 0), STEPS - 1), later: later === true };
  } catch {
    return START;
  }
}

/**
 * The tour of a person's first days. That it was finished or is unwanted goes with the person to every computer; how far it
 * came and whether it rests for now stays on this one.
 */
export function useTour() {
  const identity = useIdentity();
  const userId = identity?.userId ?? '';
  const run = useRunOperation();
  const { data: seen } = useQuery('seen.get', {});
  const { data: sync } = useQuery('sync.get', {});
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(placeOf(userId)));
  const progress = read(kept);
  const set = (change: Partial<Progress>) => {
    localStorage.setItem(placeOf(userId), JSON.stringify({ ...progress, ...change }));
    for (const listener of listeners) listener();
  };
  const mark = (what: readonly string[]) => void run(markSeen, { what: [...what] });
  const arrived = seen !== undefined && sync !== undefined && sync.firstSync === null && sync.status !== 'starting';
  return {
    step: progress.step,
    shown: arrived && !seen.includes(SEEN) && !progress.later,
    go: (step: number) => set({ step: Math.max(0, Math.min(STEPS - 1, step)) }),
    later: () => set({ later: true }),
    /** Finished or unwanted: never again. */
    end: () => {
      set(START);
      if (seen && !seen.includes(SEEN)) mark([...seen, SEEN]);
    },
    /** From where it was left, or from the start. */
    resume: () => {
      set({ later: false });
      if (seen?.includes(SEEN)) mark(seen.filter((what) => what !== SEEN));
    },
  };
}
