import { exhaustive } from '../../kernel/exhaustive.ts';
import { toColumnName } from '../../protocol/synced-table.ts';
import { MAX_NUMBER_TEXT, type AttributeTest, type Wanted } from '../compare-attribute.ts';
import type { ChoiceField, PresentField, SegmentTest } from '../prepare-rule.ts';
import { INSTANT_FIELDS } from '../segment-leaf.ts';
import { joinSql, raw, sql, type SqlText } from './sql-text.ts';

/** One condition for the server’s database. */
export function postgresTest(test: SegmentTest, alias: string): SqlText {
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
    case 'choice':
      return sql`(${column(test.field)} IS NOT NULL AND ${column(test.field)} = ANY(${test.values}${listType(test.field)}))`;
    case 'flag':
      return sql`(${column(test.field)} IS TRUE)`;
    case 'tags':
      return linked('contact_tags', 'tag_id', test, column('id'));
    case 'groups':
      return linked('group_members', 'group_id', test, column('id'));
    case 'attribute':
      return attributeTest(test.keys, test, column('attributes'));
    case 'search':
      // Words are letters and digits alone: nothing in them is a sign of LIKE’s.
      return sql`(${joinSql(
        test.words.map((word) => sql`${column('search')} LIKE ${`%${word}%`}::text`),
        ' AND ',
      )})`;
    default:
      return exhaustive(test);
  }
}

const listType = (field: ChoiceField): SqlText =>
  raw(field === 'leadStatus' || field === 'sentiment' ? '::text[]' : '::uuid[]');

const escapeCode = (code: number): string => `\\U${code.toString(16).padStart(8, '0')}`;

/** Every character that JavaScript takes for one of these, as Postgres writes a class of characters. */
function classOf(pattern: RegExp): SqlText {
  const ranges: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (!pattern.test(String.fromCodePoint(code))) continue;
    const from = code;
    while (code < 0x10ffff && pattern.test(String.fromCodePoint(code + 1))) code += 1;
    ranges.push(from === code ? escapeCode(code) : `${escapeCode(from)}-${escapeCode(code)}`);
  }
  return raw(`'[${ranges.join('')}]+'`);
}

let classes: { marks: SqlText; spaces: SqlText } | null = null;
/** Worked out when first needed: desktops never do. */
const characterClasses = () => (classes ??= { marks: classOf(/\p{M}/u), spaces: classOf(/\s/u) });

/** `foldText`. The collation is one that every Postgres from 17 on has, whatever its locale. */
function fold(text: SqlText): SqlText {
  const { marks, spaces } = characterClasses();
  const spaced = (lower: SqlText) => sql`btrim(regexp_replace(${lower}, ${spaces}, ' ', 'g'), ' ')`;
  const bare = sql`regexp_replace(normalize(${text}, NFD), ${marks}, '', 'g')`;
  return sql`CASE WHEN octet_length(${text}) = char_length(${text}) THEN ${spaced(sql`lower(${text})`)}
    ELSE ${spaced(sql`translate(lower(${bare} COLLATE "pg_c_utf8"), 'ς', 'σ')`)} END`;
}

function textTest({ field, how, values }: Extract<SegmentTest, { test: 'text' }>, column: SqlText): SqlText {
  if (field === 'phone' && how === 'equal')
    return sql`(${column} IS NOT NULL AND ${column} = ANY(${values.map((digits) => `+${digits}`)}::text[]))`;
  const text = field === 'phone' ? sql`ltrim(${column}, '+')` : fold(column);
  if (how === 'equal') return sql`(${column} IS NOT NULL AND ${text} = ANY(${values}::text[]))`;
  const one = (value: string) =>
    how === 'inside' ? sql`strpos(${text}, ${value}::text) > 0` : sql`starts_with(${text}, ${value}::text)`;
  return sql`(${column} IS NOT NULL AND (${joinSql(values.map(one), ' OR ')}))`;
}

const INSTANTS: ReadonlySet<PresentField> = new Set<PresentField>([
  ...INSTANT_FIELDS,
  'marketingConsentUntil',
  'automatedConsentUntil',
]);

function rangeTest({ field, min, max }: Extract<SegmentTest, { test: 'range' }>, column: SqlText): SqlText {
  const end = (value: number) =>
    INSTANTS.has(field) ? sql`${new Date(value).toISOString()}::timestamptz` : sql`${value}::bigint`;
  const from = min === null ? [] : [sql`${column} >= ${end(min)}`];
  const to = max === null ? [] : [sql`${column} <= ${end(max)}`];
  return sql`(${joinSql([sql`${column} IS NOT NULL`, ...from, ...to], ' AND ')})`;
}

type Linked = { how: 'any' | 'all'; ids: readonly string[] };

function linked(table: string, by: string, { how, ids }: Linked, id: SqlText): SqlText {
  const having = (some: readonly string[]) =>
    sql`EXISTS (SELECT 1 FROM ${raw(table)} l WHERE l.contact_id = ${id} AND l.${raw(by)} = ANY(${some}::uuid[]))`;
  return how === 'any'
    ? having(ids)
    : sql`(${joinSql(
        ids.map((one) => having([one])),
        ' AND ',
      )})`;
}

function attributeTest(keys: readonly string[], test: AttributeTest, attributes: SqlText): SqlText {
  // By a key of text, which Postgres never takes for a place in a list.
  const json = keys.reduce((inside, key) => sql`${inside} -> ${key}::text`, attributes);
  const type = sql`jsonb_typeof(${json})`;
  const value = sql`((${json}) #>> '{}')`;
  switch (test.how) {
    case 'equals':
      return equals(type, value, test);
    case 'contains': {
      const text = test.text === '' ? raw('false') : sql`strpos(${fold(value)}, ${test.text}::text) > 0`;
      const members = sql`jsonb_array_elements(CASE WHEN ${type} = 'array' THEN ${json} ELSE '[]' END) AS e (value)`;
      const member = equals(raw('jsonb_typeof(e.value)'), raw(`(e.value #>> '{}')`), test);
      return sql`CASE ${type} WHEN 'string' THEN ${text} WHEN 'array' THEN EXISTS (SELECT 1 FROM ${members} WHERE ${member}) ELSE false END`;
    }
    case 'greater_than':
    case 'less_than':
    case 'at_least':
    case 'at_most': {
      const compared = sql`${value}::numeric ${raw(COMPARISON[test.how])} ${String(test.number)}::numeric`;
      return sql`CASE ${type} WHEN 'number' THEN ${compared}
        WHEN 'string' THEN CASE WHEN ${readsAsNumber(value)} THEN ${compared} ELSE false END ELSE false END`;
    }
    case 'before':
    case 'after': {
      const day = sql`left(${value}, 10) COLLATE "C"`;
      return sql`CASE ${type} WHEN 'string' THEN (left(${value}, 10) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        AND ${day} ${raw(test.how === 'before' ? '<' : '>')} ${test.date}::text) ELSE false END`;
    }
    case 'exists':
      return sql`CASE coalesce(${type}, 'null') WHEN 'null' THEN false WHEN 'string' THEN ${value} <> '' ELSE true END`;
    default:
      return exhaustive(test);
  }
}

const COMPARISON = { greater_than: '>', less_than: '<', at_least: '>=', at_most: '<=' } as const;

function equals(type: SqlText, value: SqlText, { text, number, isNumber }: Wanted): SqlText {
  const same = number === null ? raw('false') : sql`${value}::numeric = ${String(number)}::numeric`;
  const alsoNumber = isNumber ? sql` OR CASE WHEN ${readsAsNumber(value)} THEN ${same} ELSE false END` : raw('');
  return sql`CASE ${type} WHEN 'string' THEN (${fold(value)} = ${text}::text${alsoNumber})
    WHEN 'number' THEN ${same} WHEN 'boolean' THEN ${value} = ${text}::text ELSE false END`;
}

/** Digits with perhaps a minus before and a point between them. */
const readsAsNumber = (value: SqlText): SqlText =>
  sql`(length(${value}) <= ${raw(String(MAX_NUMBER_TEXT))} AND ${value} ~ '^-?[0-9]+([.][0-9]+)?$')`;
