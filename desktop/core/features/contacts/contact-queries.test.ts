import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContactView } from '../../../../shared/bridge/contacts-contract.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import type { QueryContext } from '../../replica/query-context.ts';
import { readConnectionOver } from '../../replica/read-connection.ts';
import { applySlice, finishTableNow } from '../../sync/apply-messages.ts';
import { factsOver } from './contact-rule.ts';
import { contactQueries } from './contact-queries.ts';
import { ContactWindows } from './contact-window.ts';

let replica: Replica;
let context: QueryContext;
let queries: ReturnType<typeof contactQueries>;

beforeEach(() => {
  replica = openReplica(':memory:');
  context = { db: readConnectionOver(replica.db), now: () => 0, me: { userId: 'u', deviceId: 'd' } };
  queries = contactQueries();
});
afterEach(() => replica.close());

let lsn = 0;
function put(operation: 'insert' | 'update' | 'delete', ...rows: Record<string, string | null>[]): void {
  lsn += 10;
  const messages = rows.map((value, i) => ({ value, headers: { operation, lsn: String(lsn), op_position: i } }));
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) } };
  applySlice(replica, 'contacts', [...messages, upToDate], { handle: 'h', offset: `${lsn}_0` });
  finishTableNow(replica, 'contacts');
}

const view = (search = '', sort: ContactView['sort'] = 'name', order: ContactView['order'] = 'asc') => ({
  search,
  sort,
  order,
});
const list = (of: ContactView, snapshot: number | null = null, from = 0) =>
  queries['contacts.window'](context, { view: of, snapshot, from, count: 50 });
const ids = (of: ContactView) => list(of).rows.map((row) => row?.id);

const writesOf = ({ db }: QueryContext) => Number(db.sql('SELECT total_changes()').pluck().get());

const PEOPLE: Record<string, string | null>[] = [
  {
    id: 'jose',
    first_name: 'José',
    last_name: 'Núñez',
    phone: '+14155550100',
    email: 'jose@example.org',
    lead_score: '5',
  },
  { id: 'ada', first_name: 'Ada', last_name: 'Lovelace', company: 'Analytical Engines', lead_score: '90' },
  { id: 'li', first_name: 'Li', last_name: null, phone: '+442079460000', lead_score: null },
];

test.each([
  ['nunez', 'jose'],
  ['NÚÑ', 'jose'],
  ['jo nu', 'jose'],
  ['jose@exam', 'jose'],
  ['(415) 555-01', 'jose'],
  ['+1 415 555 0100', 'jose'],
  ['415.555', 'jose'],
  ['5550100', 'jose'],
  ['020 7946', 'li'],
  ['0044 20 7946', 'li'],
  ['engines ada', 'ada'],
  ['lytical', 'ada'],
  ['velac', 'ada'],
])('“%s” finds %s', (search, id) => {
  put('insert', ...PEOPLE);
  expect(ids(view(search))).toEqual([id]);
});

test('what nobody is called finds nobody, and signs alone find nobody either', () => {
  put('insert', ...PEOPLE);
  for (const search of ['zzz', '"', '*', '@ .', "' OR zzz"]) {
    const { rows, snapshot } = list(view(search));
    expect(rows).toEqual([]);
    put('insert', { id: `new at ${search}`, first_name: 'Newcomer' });
    expect(list(view(search), snapshot).newer).toBe(0);
  }
});

test('search follows an edit and a deletion', () => {
  put('insert', ...PEOPLE);
  put('update', { id: 'ada', last_name: 'King' });
  expect([ids(view('lovelace')), ids(view('king'))]).toEqual([[], ['ada']]);
  put('delete', { id: 'ada' });
  expect(ids(view('king'))).toEqual([]);
});

test('contacts are sorted as asked, those without a value last either way', () => {
  put('insert', ...PEOPLE);
  expect(ids(view('', 'name'))).toEqual(['ada', 'jose', 'li']);
  expect(ids(view('', 'name', 'desc'))).toEqual(['li', 'jose', 'ada']);
  expect(ids(view('', 'score'))).toEqual(['jose', 'ada', 'li']);
  expect(ids(view('', 'score', 'desc'))).toEqual(['ada', 'jose', 'li']);
});

test('a snapshot keeps its rows in place while contacts come and go, and counts the new ones', () => {
  put('insert', ...PEOPLE);
  const { snapshot } = list(view());
  put('insert', { id: 'aaron', first_name: 'Aaron' });
  put('delete', { id: 'jose' });
  const after = list(view(), snapshot);
  expect(after.rows.map((row) => row?.id ?? null)).toEqual(['ada', null, 'li']);
  expect(after).toMatchObject({ snapshot, total: 3, newer: 1 });
  expect(queries['contacts.indexOf'](context, { view: view(), snapshot, id: 'li' })).toBe(2);
  expect(ids(view())).toEqual(['aaron', 'ada', 'li']);
});

test('a search of one letter says that there is more than it lists', () => {
  const many = Array.from({ length: 10_050 }, (_, i) => ({ id: `p${i}`, first_name: `Pat${i}` }));
  put('insert', ...many);
  expect(list(view('p'))).toMatchObject({ total: 10_000, capped: true });
  expect(list(view('pat10049'))).toMatchObject({ total: 1, capped: false });
});

test('who is here is found while the index of words is still being built', () => {
  const value = Array.from({ length: 150 }, (_, i) => ({ id: `p${i}`, first_name: `Pat${i}`, search: `pat${i}` }));
  const messages = value.map((row, i) => ({
    value: row,
    headers: { operation: 'insert' as const, lsn: '10', op_position: i },
  }));
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '10' } };
  applySlice(replica, 'contacts', [...messages, upToDate], { handle: 'h', offset: '10_0' });
  expect(replica.sql(`SELECT bulk FROM stream WHERE tbl = 'contacts'`).pluck().get()).toBe(2);
  expect(list(view('pat149')).total).toBe(1);
  finishTableNow(replica, 'contacts');
  expect(list(view('pat149')).total).toBe(1);
});

test('what is done to all of a search, and what a filter chooses among, is all of it', () => {
  const many = Array.from({ length: 10_050 }, (_, i) => ({
    id: `p${i}`,
    first_name: `Pat${i}`,
    lead_score: String(i % 2),
  }));
  put('insert', ...many);
  expect(list({ ...view('p'), whole: true })).toMatchObject({ total: 10_050, capped: false });
  const filter: SegmentRule = { field: 'leadScore', op: 'between', from: 1, to: 10 };
  expect(list({ ...view('p'), filter })).toMatchObject({ total: 5_025, capped: false });
});

test('the numbers beside the filters are about those whom the list shows', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ id: `a${i}`, first_name: `Ann${i}`, sentiment: 'hot' }));
  put('insert', ...many, { id: 'j', first_name: 'Joanna', sentiment: 'hot' });
  while (queries['contacts.choices'](context, { view: view('ann') }) === null) factsOver(context.db).step();
  expect(queries['contacts.choices'](context, { view: view('ann') })).toMatchObject({
    total: list(view('ann')).total,
    counts: { sentiment: { hot: 30 } },
  });
});

test('a caller is known by the number', () => {
  put('insert', ...PEOPLE);
  expect(queries['contacts.byPhone'](context, { phone: '+14155550100' })).toMatchObject({
    contact: { id: 'jose', firstName: 'José' },
    messages: [],
  });
  expect(queries['contacts.byPhone'](context, { phone: '+14155550199' })).toBeNull();
});

test('a list that was ordered a moment ago is shown again until something is written, by whomever', () => {
  const windows = new ContactWindows();
  const read = () => windows.read(context, { view: view(), snapshot: null, from: 0, count: 50 });
  put('insert', ...PEOPLE);
  windows.prepare(context, view());
  const before = windows.indexOf(context.db, read().snapshot, 'jose');
  expect(before).toBeGreaterThan(-1);
  put('delete', { id: 'jose' });
  const rows = read().rows.map((row) => row?.id);
  expect(rows).toHaveLength(PEOPLE.length - 1);
  expect(rows).not.toContain('jose');
  expect(read().rows.map((row) => row?.id)).toEqual(rows);
});

test('a list of a replica that was rebuilt since is ordered anew, for a token of before too', () => {
  const windows = new ContactWindows();
  put('insert', ...PEOPLE);
  const other = openReplica(replica.db.serialize());
  other.db.exec('UPDATE contacts SET rid = rid + 1000');
  const rebuilt = { ...context, db: readConnectionOver(other.db) };
  // Both have written equally often, as two connections that were just opened.
  while (writesOf(rebuilt) < writesOf(context)) other.db.exec(`UPDATE stream SET ready = ready WHERE tbl = 'contacts'`);
  while (writesOf(context) < writesOf(rebuilt))
    replica.db.exec(`UPDATE stream SET ready = ready WHERE tbl = 'contacts'`);
  const before = windows.read(context, { view: view(), snapshot: null, from: 0, count: 50 });
  for (const snapshot of [null, before.snapshot])
    expect(windows.read(rebuilt, { view: view(), snapshot, from: 0, count: 50 }).rows.map((row) => row?.id)).toEqual([
      'ada',
      'jose',
      'li',
    ]);
  expect(windows.indexOf(rebuilt.db, before.snapshot, 'ada')).toBe(-1);
  other.close();
});

test('a list of the last days is another one when a day went by in which nothing was written', () => {
  const day = 86_400_000;
  put('insert', { id: 'ada', first_name: 'Ada', created_at: new Date(9 * day).toISOString() });
  const recent = { ...view(), filter: { field: 'createdAt' as const, op: 'withinDays' as const, days: 3 } };
  const at = (now: number) =>
    queries['contacts.window']({ ...context, now: () => now }, { view: recent, snapshot: null, from: 0, count: 5 })
      .total;
  expect([at(10 * day), at(20 * day)]).toEqual([1, 0]);
});

test('a filter narrows the list, is counted and sampled, and "select all" is everybody of it but some', () => {
  put('insert', ...PEOPLE);
  const filter = { all: [{ field: 'leadScore', op: 'exists' }] } as const;
  const filtered = { ...view('', 'score', 'desc'), filter: { all: [...filter.all] } };
  const shown = list(filtered);
  expect(shown.rows.map((row) => row?.id)).toEqual(['ada', 'jose']);
  const { snapshot } = shown;
  expect(queries['contacts.ids'](context, { view: filtered, snapshot, except: [] })).toEqual(['ada', 'jose']);
  expect(queries['contacts.ids'](context, { view: filtered, snapshot, except: ['ada'] })).toEqual(['jose']);
  expect(queries['contacts.matching'](context, { rule: filtered.filter, sample: 1 })).toMatchObject({
    count: 2,
    total: 3,
    sample: [{ id: expect.any(String) }],
    problems: [],
  });
  put('insert', { id: 'new one', first_name: 'New', lead_score: '5' }, { id: 'no score', first_name: 'None' });
  expect(list(filtered, snapshot)).toMatchObject({ total: 2, newer: 1 });
});

test('a list is told apart by its filter, so that no list shows the contacts of another', () => {
  put('insert', ...PEOPLE);
  const filtered = { ...view(), filter: { all: [{ field: 'firstName' as const, op: 'is' as const, value: 'ada' }] } };
  const { snapshot } = list(view());
  expect(list(filtered, snapshot).rows.map((row) => row?.id)).toEqual(['ada']);
});

test('who has a phone number or an address already is found while it is typed', () => {
  put('insert', ...PEOPLE);
  const found = (phone: string | null, email: string | null) =>
    queries['contacts.withAddress'](context, { phone, email }).map(({ id }) => id);
  expect(found('+14155550100', null)).toEqual(['jose']);
  expect(found(null, null)).toEqual([]);
  expect(found('+19995550100', 'nobody@example.org')).toEqual([]);
});

test('a board counts and sums its stages, and a stretch of a stage begins with who entered it last', () => {
  const item = (id: string, body: object) =>
    replica.db
      .prepare(`INSERT INTO workspace_items (id, kind, body) VALUES (?, 'stage', ?)`)
      .run(id, JSON.stringify(body));
  item('one', { pipelineId: 'p', name: 'One', displayOrder: 0 });
  item('two', { pipelineId: 'p', name: 'Two', displayOrder: 1 });
  put('insert', ...PEOPLE);
  replica.db.exec(`UPDATE contacts SET stage_id = 'one', stage_entered_at = rid, estimated_revenue_cents = 100`);
  expect(queries['pipelines.board'](context, { pipelineId: 'p' })).toEqual([
    { stageId: 'one', contacts: 3, valueCents: 300 },
    { stageId: 'two', contacts: 0, valueCents: 0 },
  ]);
  const filter = { field: 'leadScore', op: 'exists' } as const;
  expect(queries['pipelines.board'](context, { pipelineId: 'p', filter })[0]).toMatchObject({ contacts: 2 });
  const names = queries['pipelines.column'](context, { stageId: 'one', from: 0, count: 2 }).map(({ id }) => id);
  expect(names).toEqual(
    PEOPLE.map(({ id }) => id)
      .toReversed()
      .slice(0, 2),
  );
});
