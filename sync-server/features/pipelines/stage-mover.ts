import type { Act } from '../../db/act.ts';

/** What pipelines do to contacts. Their history follows by itself. */
export type StageMover = {
  /** Takes all contacts out of these stages, into another or out of their pipeline, in the name of the act. Answers how many. */
  replaceStages: (
    act: Act,
    move: { from: readonly string[]; to: { stageId: string; pipelineId: string } | null; actId: string },
  ) => Promise<number>;
  /** Gives contacts back the stage they had before the act, where they are still where the act put them. */
  giveBackStages: (act: Act, move: { actId: string; limit: number }) => Promise<number>;
};
