import type { ContactRow, ContactView } from '../../../../shared/bridge/bridge-contract.ts';
import { prepareRule, type KnownSegment, type SegmentProblem } from '../../../../shared/segments/prepare-rule.ts';
import { segmentRule, type SegmentRule } from '../../../../shared/segments/segment.ts';
import { segmentToSql } from '../../../../shared/segments/sql/segment-to-sql.ts';
import { toSqlite, type SqlValue } from '../../../../shared/segments/sql/sql-text.ts';
import type { QueryContext } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { listContactRows } from './contact-rows.ts';

/** Who asks whom a rule means: dates are days of their zone. */
export type RuleAsker = Pick<QueryContext, 'db' | 'now' | 'me'>;

/** A condition on `contacts c`. */
export type SqliteRule = { text: string; values: readonly SqlValue[] };

const isEverybody = (rule: SegmentRule): boolean => 'all' in rule && rule.all.length === 0;

/** A rule as SQLite asks it. Segments that cannot be followed match nobody and are told to `onProblem`. */
function ruleToSqlite(
  { db, now, me }: RuleAsker,
  rule: SegmentRule,
  onProblem?: (problem: SegmentProblem) => void,
): SqliteRule {
  const context = {
    now: now(),
    zone: findZone(db, me.userId),
    tenantId:
      (db.sql(`SELECT id FROM workspace_items WHERE kind = 'tenant'`).pluck().get() as string | undefined) ?? '',
    findSegment: (id: string) => findSegment(db, id),
  };
  return toSqlite(segmentToSql(prepareRule(rule, context, onProblem), 'sqlite'));
}

/** The condition of a list; null where it shows everybody. */
export const filterOf = (asker: RuleAsker, { filter }: Pick<ContactView, 'filter'>): SqliteRule | null =>
  filter && !isEverybody(filter) ? ruleToSqlite(asker, filter) : null;

/** How many contacts a rule means, and the newest few of them. */
export function countMatching(
  asker: RuleAsker,
  rule: SegmentRule,
  sample: number,
): { count: number; total: number; sample: ContactRow[]; problems: SegmentProblem[]; tookMs: number } {
  const { db } = asker;
  const startedAt = performance.now();
  const problems: SegmentProblem[] = [];
  const { text, values } = ruleToSqlite(asker, rule, (problem) => problems.push(problem));
  const total = db.sql('SELECT count(*) FROM contacts').pluck().get() as number;
  const count = isEverybody(rule)
    ? total
    : (db
        .sql(`SELECT count(*) FROM contacts c WHERE ${text}`)
        .pluck()
        .get(...values) as number);
  const rids = sample
    ? (db
        .sql(`SELECT c.rid FROM contacts c WHERE ${text} ORDER BY c.rid DESC LIMIT ?`)
        .pluck()
        .all(...values, sample) as number[])
    : [];
  const rows = listContactRows(db, rids).filter((row) => row !== null);
  return { count, total, sample: rows, problems, tookMs: performance.now() - startedAt };
}

function findSegment(db: ReadConnection, id: string): KnownSegment | null {
  const text = db.sql(`SELECT body FROM workspace_items WHERE kind = 'segment' AND id = ?`).pluck().get(id) as
    | string
    | undefined;
  if (text === undefined) return null;
  const { kind, rule } = JSON.parse(text) as { kind: string; rule: unknown };
  if (kind === 'static') return { kind };
  const read = segmentRule.safeParse(rule);
  return { kind: 'dynamic', rule: read.success ? read.data : null };
}

/** The person's own zone, else the workspace's, else this computer's. */
function findZone(db: ReadConnection, userId: string): string {
  const zones = db
    .sql(
      `SELECT body ->> 'timezone' FROM workspace_items WHERE (kind = 'member' AND id = ?) OR kind = 'tenant'
       ORDER BY kind = 'tenant'`,
    )
    .pluck()
    .all(userId) as (string | null)[];
  return zones.find((zone) => zone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
