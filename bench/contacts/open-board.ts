import { factsOver } from '../../desktop/core/features/contacts/contact-rule.ts';
import { readBoard, readColumn } from '../../desktop/core/features/contacts/pipeline-board.ts';
import { openReadConnection } from '../../desktop/core/replica/read-connection.ts';
import type { ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import { atMost, percentile, sample, told, type Metric } from '../metric.ts';
import { PIPELINES, STAGES } from './fill-contacts.ts';

/** Cards that a column asks for when it is opened. */
const CARDS = 60;
const OPENS = 40;

/**
 * Opening the board of a pipeline among a million contacts: the sums of its four columns and the first cards of each, a few hundred
 * thousand contacts in all. Beside SQLite adding up and reading the same.
 */
export function openBoard(place: ReplicaPlace): Metric[] {
  const db = openReadConnection(place.file, place.key);
  const asker = { db, now: Date.now, me: { userId: 'nobody', deviceId: 'none' } };
  const pipelineOf = (i: number) => PIPELINES[i % PIPELINES.length] ?? '';
  const stagesOf = (i: number) => STAGES.filter((_, n) => n % PIPELINES.length === i % PIPELINES.length);
  const open = (i: number) => {
    readBoard(asker, { pipelineId: pipelineOf(i) });
    for (const stageId of stagesOf(i)) readColumn(asker, { stageId, from: 0, count: CARDS });
  };
  const cold = sample(3, open);
  const facts = factsOver(db);
  while (facts.step());
  const warm = sample(OPENS, open);
  const bySql = sample(6, (i) => {
    db.sql(
      `SELECT stage_id, count(*), sum(estimated_revenue_cents) FROM contacts
         WHERE stage_id IN (SELECT value FROM json_each(?)) GROUP BY stage_id`,
    ).all(JSON.stringify(stagesOf(i)));
    for (const stageId of stagesOf(i))
      db.sql('SELECT * FROM contacts WHERE stage_id = ? ORDER BY stage_entered_at DESC, rid DESC LIMIT ?').all(
        stageId,
        CARDS,
      );
  });
  db.close();
  return [
    atMost('opening a board of 333k cards, p50', 'ms', percentile(warm, 0.5), 100, percentile(bySql, 0.5)),
    told('opening a board of 333k cards, p99', 'ms', percentile(warm, 0.99)),
    told('the same right after the start, before facts are loaded, p50', 'ms', percentile(cold, 0.5)),
  ];
}
