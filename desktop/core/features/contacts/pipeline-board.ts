import type { ArgsOf, ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { filterOf, type RuleAsker } from './contact-rule.ts';
import { listContactRows } from './contact-rows.ts';

const MOST_ROWS = 200;

/** Counts and sums by stage, from one index where nothing is filtered. Stages without anybody are among them. */
export function readBoard(asker: RuleAsker, args: ArgsOf<'pipelines.board'>): ResultOf<'pipelines.board'> {
  const { db } = asker;
  const filter = filterOf(asker, args);
  const stages = db
    .sql(`SELECT id FROM workspace_items WHERE kind = 'stage' AND body ->> 'pipelineId' = ?`)
    .pluck()
    .all(args.pipelineId) as string[];
  const one = db.sql(
    `SELECT count(*) AS contacts, coalesce(sum(estimated_revenue_cents), 0) AS valueCents
     FROM contacts c WHERE stage_id = ?${filter ? ` AND ${filter.text}` : ''}`,
  );
  return stages.map((stageId) => ({
    stageId,
    ...(one.get(stageId, ...(filter?.values ?? [])) as { contacts: number; valueCents: number }),
  }));
}

/** Who entered the stage last comes first; what was moved offline stands where it was moved to. */
export function readColumn(asker: RuleAsker, args: ArgsOf<'pipelines.column'>): ResultOf<'pipelines.column'> {
  const { db } = asker;
  const filter = filterOf(asker, args);
  const rids = db
    .sql(
      `SELECT rid FROM contacts c WHERE stage_id = ?${filter ? ` AND ${filter.text}` : ''}
       ORDER BY stage_entered_at DESC, rid DESC LIMIT ? OFFSET ?`,
    )
    .pluck()
    .all(
      args.stageId,
      ...(filter?.values ?? []),
      Math.max(0, Math.min(MOST_ROWS, args.count)),
      Math.max(0, args.from),
    ) as number[];
  return listContactRows(db, rids).filter((row) => row !== null);
}
