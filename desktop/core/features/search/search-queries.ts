import type { MessageFound, SearchHit, SearchKind } from '../../../../shared/bridge/bridge-contract.ts';
import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import type { Answers } from '../../replica/query-context.ts';
import { findContactName } from '../../replica/find-names.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findTexts, textOf, type TextSource } from './find-texts.ts';
import { excerptOf, readWords } from './search-words.ts';

const MESSAGES: TextSource = {
  table: 'messages',
  fts: 'messages_text',
  columns: ['id', 'conversation_id', 'contact_id', 'channel', 'direction', 'body', 'created_at'],
  texts: ['body'],
};
const NOTES: TextSource = {
  table: 'notes',
  fts: 'notes_text',
  columns: ['id', 'contact_id', 'body', 'created_at'],
  texts: ['body'],
};
const TASKS: TextSource = {
  table: 'tasks',
  fts: 'tasks_text',
  columns: ['id', 'title', 'body', 'contact_id', 'due_at', 'completed_at', 'created_at'],
  texts: ['title', 'body'],
};

const ALL: readonly SearchKind[] = ['contact', 'conversation', 'message', 'note', 'task'];

type TextHit = Exclude<SearchHit, { kind: 'contact' }>;
type Search = { db: ReadConnection; words: readonly string[]; limit: number };
type FindPeople = (db: ReadConnection, text: string, limit: number) => ContactRow[];

/** Search over everything on this computer. `findPeople` is how contacts are found. */
export function searchQueries(findPeople: FindPeople): Answers<'search.everywhere'> {
  const counted = new CountedRows();
  return {
    'search.everywhere': ({ db, now }, { text, limit, kinds = ALL }) => {
      const startedAt = performance.now();
      const search = { db, words: readWords(text), limit };
      const people = kinds.includes('contact') && text.trim() !== '' ? findPeople(db, text, limit) : [];
      return {
        hits: [
          ...people.map((contact) => ({ kind: 'contact' as const, contact })),
          ...(search.words.length > 0 ? findInTexts(search, kinds) : []),
        ],
        searched: counted.read(db, kinds, now()),
        building: isBuilding(db),
        tookMs: performance.now() - startedAt,
      };
    },
  };
}

function findInTexts(search: Search, kinds: readonly SearchKind[]): TextHit[] {
  const hits: TextHit[] = [];
  if (kinds.includes('conversation') || kinds.includes('message')) hits.push(...findMessages(search, kinds));
  if (kinds.includes('note')) hits.push(...findNotes(search));
  if (kinds.includes('task')) hits.push(...findTasks(search));
  return hits.toSorted((a, b) => b.at - a.at);
}

/** Each conversation once, by its newest message that matches; its other ones as messages. */
function findMessages({ db, words, limit }: Search, kinds: readonly SearchKind[]): TextHit[] {
  const rows = newestFirst(findTexts(db, MESSAGES, words, limit));
  const told = new Set<unknown>();
  const newest: typeof rows = [];
  const others: typeof rows = [];
  for (const row of rows) {
    (told.has(row['conversation_id']) ? others : newest).push(row);
    told.add(row['conversation_id']);
  }
  const toHit =
    (kind: 'conversation' | 'message') =>
    (row: (typeof rows)[number]): { kind: typeof kind } & MessageFound => ({
      kind,
      messageId: String(row['id']),
      conversationId: String(row['conversation_id']),
      contactId: String(row['contact_id']),
      contactName: findContactName(db, row['contact_id']),
      channel: String(row['channel']),
      direction: String(row['direction']),
      at: Number(row['created_at']),
      excerpt: excerptOf(String(row['body'] ?? ''), words),
    });
  return [
    ...(kinds.includes('conversation') ? newest.slice(0, limit).map(toHit('conversation')) : []),
    ...(kinds.includes('message') ? others.slice(0, limit).map(toHit('message')) : []),
  ];
}

const findNotes = ({ db, words, limit }: Search): TextHit[] =>
  newestFirst(findTexts(db, NOTES, words, limit))
    .slice(0, limit)
    .map((row) => ({
      kind: 'note',
      id: String(row['id']),
      contactId: String(row['contact_id']),
      contactName: findContactName(db, row['contact_id']),
      at: Number(row['created_at']),
      excerpt: excerptOf(String(row['body'] ?? ''), words),
    }));

/** Open ones before those that are done. */
const findTasks = ({ db, words, limit }: Search): TextHit[] =>
  newestFirst(findTexts(db, TASKS, words, limit))
    .toSorted((a, b) => Number(a['completed_at'] !== null) - Number(b['completed_at'] !== null))
    .slice(0, limit)
    .map((row) => ({
      kind: 'task',
      id: String(row['id']),
      title: String(row['title'] ?? ''),
      contactId: row['contact_id'] === null ? null : String(row['contact_id']),
      contactName: findContactName(db, row['contact_id']),
      dueAt: row['due_at'] === null ? null : Number(row['due_at']),
      done: row['completed_at'] !== null,
      at: Number(row['created_at']),
      excerpt: excerptOf(textOf(row, TASKS).trim(), words),
    }));

const newestFirst = (rows: ReturnType<typeof findTexts>): ReturnType<typeof findTexts> =>
  rows.toSorted((a, b) => Number(b['created_at']) - Number(a['created_at']) || b.rid - a.rid);

const isBuilding = (db: ReadConnection): boolean =>
  db.sql('SELECT 1 FROM search_built WHERE down_to > 0 LIMIT 1').get() !== undefined;

const RECOUNT_MS = 30_000;
const TABLE: Record<SearchKind, string> = {
  contact: 'contacts',
  conversation: 'messages',
  message: 'messages',
  note: 'notes',
  task: 'tasks',
};

/** How many rows there are to be searched. Counting a million takes longer than searching them, so it is done now and then. */
class CountedRows {
  private db: ReadConnection | null = null;
  private readonly counts = new Map<string, { count: number; at: number }>();

  read(db: ReadConnection, kinds: readonly SearchKind[], now: number): number {
    if (this.db !== db) this.counts.clear();
    this.db = db;
    return [...new Set(kinds.map((kind) => TABLE[kind]))].reduce((sum, table) => sum + this.countOf(db, table, now), 0);
  }

  private countOf(db: ReadConnection, table: string, now: number): number {
    const known = this.counts.get(table);
    if (known && Math.abs(now - known.at) < RECOUNT_MS) return known.count;
    const count = db.sql(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    this.counts.set(table, { count, at: now });
    return count;
  }
}
