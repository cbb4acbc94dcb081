import type { Act } from '../../db/act.ts';

/** What statuses do to contacts. History and timers follow by themselves. */
export type ContactMover = {
  /** Gives those of the contacts that have `from` the status `to`, and answers which. */
  giveStatus: (act: Act, move: { ids: readonly string[]; from: string; to: string }) => Promise<string[]>;
  /** Gives `limit` contacts that got `from` until then the status `to`, in the name of the act; sets nothing off. Answers how many. */
  replaceStatus: (
    act: Act,
    move: { from: string; to: string | null; until: number; limit: number; actId: string },
  ) => Promise<number>;
  /** Gives `limit` contacts back the status they had before the act, where it is still what the act made it. */
  giveBackStatuses: (act: Act, move: { actId: string; limit: number }) => Promise<number>;
};
