import type { ArgsOf, ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { ridsOfFilter, type RuleAsker } from './contact-rule.ts';
import { listContactRows } from './contact-rows.ts';

const MOST_ROWS = 200;

/** Counts and sums by stage, from one index where nothing is filtered. Stages without anybody are among them. */
export function readBoard(asker: RuleAsker, args: ArgsOf<'pipelines.board'>): ResultOf<'pipelines.board'> {
  const { db } = asker;
  const among = amongOf(asker, args.filter);
  const stages = db
    .sql(`SELECT id FROM workspace_items WHERE kind = 'stage' AND body ->> 'pipelineId' = ?`)
    .pluck()
    .all(args.pipelineId) as string[];
  const one = db.sql(
    `SELECT count(*) AS contacts, coalesce(sum(estimated_revenue_cents), 0) AS valueCents
     FROM contacts WHERE stage_id = ?${among.where}`,
  );
  return stages.map((stageId) => ({
    stageId,
    ...(one.get(stageId, ...among.args) as { contacts: number; valueCents: number }),
  }));
}

/** Who entered the stage last comes first; what was moved offline stands where it was moved to. */
export function readColumn(asker: RuleAsker, args: ArgsOf<'pipelines.column'>): ResultOf<'pipelines.column'> {
  const { db } = asker;
  const among = amongOf(asker, args.filter);
  const rids = db
    .sql(
      `SELECT rid FROM contacts WHERE stage_id = ?${among.where}
       ORDER BY stage_entered_at DESC, rid DESC LIMIT ? OFFSET ?`,
    )
    .pluck()
    .all(args.stageId, ...among.args, Math.max(0, Math.min(MOST_ROWS, args.count)), Math.max(0, args.from)) as number[];
  return listContactRows(db, rids).filter((row) => row !== null);
}

function amongOf(asker: RuleAsker, filter: SegmentRule | undefined): { where: string; args: string[] } {
  const rids = ridsOfFilter(asker, filter);
  if (!rids) return { where: '', args: [] };
  return { where: ' AND rid IN (SELECT value FROM json_each(?))', args: [JSON.stringify([...rids])] };
}
