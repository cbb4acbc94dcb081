import type { ArgsOf, ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { EVERYBODY } from '../../../../shared/segments/segment.ts';
import { amongFilter, ridsOfFilter, sumFiltered, type RuleAsker } from './contact-rule.ts';
import { listContactRows } from './contact-rows.ts';

const MOST_ROWS = 200;

type Board = ResultOf<'pipelines.board'>;

/** Counts and sums by stage. Stages without anybody are among them. */
export function readBoard(asker: RuleAsker, args: ArgsOf<'pipelines.board'>): Board {
  const stages = asker.db
    .sql(`SELECT id FROM workspace_items WHERE kind = 'stage' AND body ->> 'pipelineId' = ?`)
    .pluck()
    .all(args.pipelineId) as string[];
  const sums = sumFiltered(asker, args.filter ?? EVERYBODY);
  if (!sums) return stages.map((stageId) => sumOfStage(asker, stageId, args.filter));
  return stages.map((stageId) => {
    const { count = 0, sum = 0 } = sums.get(stageId) ?? {};
    return { stageId, contacts: count, valueCents: sum };
  });
}

/** The same by SQL, while nothing is known in memory. */
function sumOfStage(asker: RuleAsker, stageId: string, filter: ArgsOf<'pipelines.board'>['filter']): Board[number] {
  const rids = ridsOfFilter(asker, filter);
  const one = asker.db
    .sql(
      `SELECT count(*) AS contacts, coalesce(sum(estimated_revenue_cents), 0) AS valueCents
       FROM contacts WHERE stage_id = ?${rids ? ' AND rid IN (SELECT value FROM json_each(?))' : ''}`,
    )
    .get(stageId, ...(rids ? [JSON.stringify([...rids])] : []));
  return { stageId, ...(one as { contacts: number; valueCents: number }) };
}

/** Who entered the stage last comes first; what was moved offline stands where it was moved to. */
export function readColumn(asker: RuleAsker, args: ArgsOf<'pipelines.column'>): ResultOf<'pipelines.column'> {
  const { db } = asker;
  const [from, count] = [Math.max(0, args.from), Math.max(0, Math.min(MOST_ROWS, args.count))];
  const inOrder = 'SELECT rid FROM contacts WHERE stage_id = ? ORDER BY stage_entered_at DESC, rid DESC';
  const rids = args.filter
    ? amongFilter(asker, args.filter, db.sql(inOrder).pluck().all(args.stageId) as number[]).slice(from, from + count)
    : (db.sql(`${inOrder} LIMIT ? OFFSET ?`).pluck().all(args.stageId, count, from) as number[]);
  return listContactRows(db, rids).filter((row) => row !== null);
}
