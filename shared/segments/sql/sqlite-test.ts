import { exhaustive } from '../../kernel/exhaustive.ts';
import { toColumnName } from '../../protocol/synced-table.ts';
import { MAX_NUMBER_TEXT, type AttributeTest, type Wanted } from '../compare-attribute.ts';
import { foldText } from '../fold-text.ts';
import type { SegmentTest } from '../prepare-rule.ts';
import { joinSql, raw, sql, type SqlText } from './sql-text.ts';

/** The SQL function that connections need: `foldText` of a text. */
export const FOLD_FUNCTION = 'segment_fold';

/** One condition for the replica. */
export function sqliteTest(test: SegmentTest, alias: string): SqlText {
  const column = (field: string) => raw(`${alias}.${toColumnName(field)}`);
  switch (test.test) {
    case 'constant':
      return raw(test.value ? '(1 = 1)' : '(1 = 0)');
    case 'text':
      return textTest(test, column(test.field));
    case 'filled':
      return sql`(${column(test.field)} IS NOT NULL AND ${column(test.field)} <> '')`;
    case 'present':
      return sql`(${column(test.field)} IS NOT NULL)`;
    case 'range':
      return rangeTest(test, column(test.field));
    case 'choice': {
      const [only = ''] = test.values;
      return test.values.length === 1
        ? sql`(${column(test.field)} IS ${only})`
        : sql`(${column(test.field)} IS NOT NULL AND ${column(test.field)} IN ${list(test.values)})`;
    }
    case 'flag':
      return sql`(${column(test.field)} IS 1)`;
    case 'tags':
      return linked('contact_tags', 'tag_id', test, column('id'));
    case 'groups':
      return linked('group_members', 'group_id', test, column('id'));
    case 'attribute':
      return attributeTest(test.keys, test, column('attributes'));
    case 'search':
      return sql`(${joinSql(
        test.words.map((word) => sql`coalesce(instr(${column('search')}, ${word}), 0) > 0`),
        ' AND ',
      )})`;
    default:
      return exhaustive(test);
  }
}

const list = (values: readonly string[]): SqlText => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** Plain ASCII, which most text is, is folded by SQLite itself, ten times as fast. */
const fold = (text: SqlText): SqlText =>
  sql`CASE WHEN ${text} NOT GLOB '*[^ -~]*' AND instr(${text}, '  ') = 0 THEN lower(trim(${text})) ELSE ${raw(FOLD_FUNCTION)}(${text}) END`;

function textTest({ field, how, values }: Extract<SegmentTest, { test: 'text' }>, column: SqlText): SqlText {
  if (field === 'phone' && how === 'equal')
    // As it is stored, so that the index of numbers serves.
    return sql`(${column} IS NOT NULL AND ${column} IN ${list(values.map((digits) => `+${digits}`))})`;
  const text = field === 'phone' ? sql`ltrim(${column}, '+')` : fold(column);
  return sql`(${column} IS NOT NULL AND ${compareText(text, how, values)})`;
}

function compareText(text: SqlText, how: 'equal' | 'inside' | 'start', values: readonly string[]): SqlText {
  const [only = ''] = values;
  if (how === 'equal') return values.length === 1 ? sql`${text} = ${only}` : sql`${text} IN ${list(values)}`;
  const one = (value: string) =>
    how === 'inside' ? sql`instr(${text}, ${value}) > 0` : sql`substr(${text}, 1, length(${value})) = ${value}`;
  return sql`(${joinSql(values.map(one), ' OR ')})`;
}

function rangeTest({ min, max }: Extract<SegmentTest, { test: 'range' }>, column: SqlText): SqlText {
  const from = min === null ? [] : [sql`${column} >= ${min}`];
  const to = max === null ? [] : [sql`${column} <= ${max}`];
  return sql`(${joinSql([sql`${column} IS NOT NULL`, ...from, ...to], ' AND ')})`;
}

type Linked = { how: 'any' | 'all'; ids: readonly string[] };

/** By the set of those who have one: SQLite gathers it once, where a look for each contact would take as many looks. */
function linked(table: string, by: string, { how, ids }: Linked, id: SqlText): SqlText {
  const having = (some: readonly string[]) =>
    sql`${id} IN (SELECT contact_id FROM ${raw(table)} WHERE ${raw(by)} IN ${list(some)} AND contact_id IS NOT NULL)`;
  return how === 'any'
    ? sql`(${having(ids)})`
    : sql`(${joinSql(
        ids.map((one) => having([one])),
        ' AND ',
      )})`;
}

function attributeTest(keys: readonly string[], test: AttributeTest, attributes: SqlText): SqlText {
  // A JSON string is how a path of SQLite's quotes a key, whatever is in it.
  const path = `$${keys.map((key) => `.${JSON.stringify(key)}`).join('')}`;
  const type = sql`json_type(${attributes}, ${path})`;
  const value = sql`json_extract(${attributes}, ${path})`;
  switch (test.how) {
    case 'equals':
      return holdingText(attributes, keys, test, equals(type, value, test));
    case 'contains': {
      const text = test.text === '' ? raw('0') : sql`instr(${fold(value)}, ${test.text}) > 0`;
      const members = sql`json_each(${attributes}, ${path}) e`;
      const found = sql`CASE ${type} WHEN 'text' THEN ${text}
        WHEN 'array' THEN EXISTS (SELECT 1 FROM ${members} WHERE ${equals(raw('e.type'), raw('e.atom'), test)}) ELSE 0 END`;
      return holdingText(attributes, keys, test, found);
    }
    case 'greater_than':
    case 'less_than':
    case 'at_least':
    case 'at_most': {
      const beside = (number: SqlText) => sql`${number} ${raw(COMPARISON[test.how])} ${test.number}`;
      return sql`CASE ${type} WHEN 'integer' THEN ${beside(value)} WHEN 'real' THEN ${beside(value)}
        WHEN 'text' THEN (${readsAsNumber(value)} AND ${beside(sql`CAST(${value} AS REAL)`)}) ELSE 0 END`;
    }
    case 'before':
    case 'after': {
      const day = sql`substr(${value}, 1, 10)`;
      return sql`CASE ${type} WHEN 'text' THEN (${day} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
        AND ${day} ${raw(test.how === 'before' ? '<' : '>')} ${test.date}) ELSE 0 END`;
    }
    case 'exists':
      return sql`CASE coalesce(${type}, 'null') WHEN 'null' THEN 0 WHEN 'text' THEN ${value} <> '' ELSE 1 END`;
    default:
      return exhaustive(test);
  }
}

/**
 * Only JSON that has the words somewhere is worth reading: looking for them takes a third of the time. Words of plain letters and digits
 * stand there as they are, in whatever case, unless there are accents about. A word of the attribute's own name is everywhere.
 */
function holdingText(
  attributes: SqlText,
  keys: readonly string[],
  { text, number }: Wanted,
  condition: SqlText,
): SqlText {
  const names = foldText(keys.join(' '));
  const words = number === null ? (text.match(/[a-z0-9]+/g) ?? []) : [];
  const telling = words.filter((word) => !names.includes(word)).toSorted((a, b) => b.length - a.length);
  if (telling.length === 0) return condition;
  const holds = joinSql(
    telling.slice(0, 2).map((word) => sql`instr(lower(${attributes}), ${word}) > 0`),
    ' AND ',
  );
  return sql`((octet_length(${attributes}) > length(${attributes}) OR (${holds})) AND ${condition})`;
}

const truth = (value: boolean): SqlText => raw(value ? '1' : '0');

const COMPARISON = { greater_than: '>', less_than: '<', at_least: '>=', at_most: '<=' } as const;

function equals(type: SqlText, value: SqlText, { text, number, isNumber }: Wanted): SqlText {
  const asNumber = number === null ? raw('0') : sql`${value} = ${number}`;
  const alsoNumber = isNumber ? sql` OR (${readsAsNumber(value)} AND CAST(${value} AS REAL) = ${number})` : raw('');
  return sql`CASE ${type} WHEN 'text' THEN (${fold(value)} = ${text}${alsoNumber}) WHEN 'integer' THEN ${asNumber}
    WHEN 'real' THEN ${asNumber} WHEN 'true' THEN ${truth(text === 'true')} WHEN 'false' THEN ${truth(text === 'false')} ELSE 0 END`;
}

/** Digits with perhaps a minus before and a point between them. */
function readsAsNumber(value: SqlText): SqlText {
  const digits = sql`iif(substr(${value}, 1, 1) = '-', substr(${value}, 2), ${value})`;
  return sql`(length(${value}) <= ${MAX_NUMBER_TEXT} AND ${digits} GLOB '[0-9]*' AND ${digits} GLOB '*[0-9]'
    AND ${digits} NOT GLOB '*[^0-9.]*' AND ${digits} NOT GLOB '*.*.*')`;
}
