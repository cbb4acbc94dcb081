import type { PreparedRule, SegmentTest } from '../prepare-rule.ts';
import { postgresTest } from './postgres-test.ts';
import { joinSql, sql, type SqlText } from './sql-text.ts';
import { sqliteTest } from './sqlite-test.ts';

const DIALECT = { sqlite: sqliteTest, postgres: postgresTest };

/**
 * A prepared rule as a condition on a row of `contacts`, called `alias` in the statement around it. It is true or false, never null.
 * That statement chooses the tenant: on the server every rule stands beside `tenant_id = …`. SQLite connections need `FOLD_FUNCTION`.
 */
export function segmentToSql(rule: PreparedRule, dialect: keyof typeof DIALECT, alias = 'c'): SqlText {
  return walk(rule, (test) => DIALECT[dialect](test, alias));
}

function walk(rule: PreparedRule, leaf: (test: SegmentTest) => SqlText): SqlText {
  if ('all' in rule)
    return sql`(${joinSql(
      rule.all.map((part) => walk(part, leaf)),
      ' AND ',
    )})`;
  if ('any' in rule)
    return sql`(${joinSql(
      rule.any.map((part) => walk(part, leaf)),
      ' OR ',
    )})`;
  if ('not' in rule) return sql`(NOT ${walk(rule.not, leaf)})`;
  return leaf(rule);
}
