/** How the rows of a replicated table are found by their words. */
export type SearchIndex = {
  /** Full-text tables over it, each with the columns below. */
  fts: Readonly<Record<string, string>>;
  columns: readonly string[];
  /** Whether the table counts as here only when its index is. Others are built while nobody writes, newest rows first. */
  isAwaited: boolean;
};

// detail=none and columnsize=0 halve an index; neither rank nor phrases are ever asked of it.
const SMALL = 'detail=none, columnsize=0';
/** Case and accents are folded by the tokenizer, so that nothing is stored twice. */
const TEXT = `tokenize="unicode61 remove_diacritics 2", prefix='2 3', ${SMALL}`;

export const SEARCH: Readonly<Record<string, SearchIndex>> = {
  contacts: {
    fts: {
      contacts_prefix: `tokenize="unicode61 remove_diacritics 0", prefix='1 2 3', ${SMALL}`,
      contacts_trigram: `tokenize="trigram case_sensitive 1", ${SMALL}`,
    },
    columns: ['search'],
    isAwaited: true,
  },
  messages: { fts: { messages_text: TEXT }, columns: ['body'], isAwaited: false },
  notes: { fts: { notes_text: TEXT }, columns: ['body'], isAwaited: false },
  tasks: { fts: { tasks_text: TEXT }, columns: ['title', 'body'], isAwaited: false },
};

/** Every full-text table. */
export const FTS_TABLES: readonly string[] = Object.values(SEARCH).flatMap(({ fts }) => Object.keys(fts));

/**
 * FTS5 merges its segments inside whatever write happens to fill one up: at a million contacts an edit in a hundred then took
 * 27 ms instead of 1. So merging is off while people write, and is done in small steps when they pause (`SearchTidy`).
 * Should nobody ever pause, it still happens at 200 segments.
 */
export const mergeWhenIdle = ({ fts }: SearchIndex): string[] => mergeAt(fts, 0, 200);

/** For building the whole index at once, where merging as it grows is the quicker way to few segments. FTS5's own defaults. */
export const mergeAsItGrows = ({ fts }: SearchIndex): string[] => mergeAt(fts, 4, 16);

const mergeAt = (fts: SearchIndex['fts'], auto: number, crisis: number): string[] =>
  Object.keys(fts).flatMap((name) => [
    `INSERT INTO ${name}(${name}, rank) VALUES ('automerge', ${auto})`,
    `INSERT INTO ${name}(${name}, rank) VALUES ('crisismerge', ${crisis})`,
  ]);

export function createFts(table: string, index: SearchIndex): string[] {
  return Object.entries(index.fts).map(
    ([name, options]) =>
      `CREATE VIRTUAL TABLE IF NOT EXISTS ${name} USING fts5(${index.columns.join(', ')}, content='${table}', content_rowid='rid', ${options})`,
  );
}

/**
 * What keeps full text in step with its table, by trigger name, for rows that are in it: from `down_to` up to `up_to`. A statement that
 * sets off a trigger makes FTS5 write a piece of its own, which takes ten times as long as the row. So only the index that must be
 * complete at once gets new rows that way; others get them together, a moment later (`SearchTidy`).
 */
export function searchTriggers(table: string, { fts, columns, isAwaited }: SearchIndex): Record<string, string> {
  const names = Object.keys(fts);
  const list = columns.join(', ');
  const of = (row: 'old' | 'new') => columns.map((column) => `${row}.${column}`).join(', ');
  const remove = names
    .map((name) => `INSERT INTO ${name}(${name}, rowid, ${list}) VALUES ('delete', old.rid, ${of('old')});`)
    .join(' ');
  const add = names.map((name) => `INSERT INTO ${name}(rowid, ${list}) VALUES (new.rid, ${of('new')});`).join(' ');
  const isIn = (row: 'old' | 'new') =>
    `EXISTS (SELECT 1 FROM search_built WHERE tbl = '${table}' AND ${row}.rid >= down_to AND ${row}.rid < up_to)`;
  const differs = columns.map((column) => `new.${column} IS NOT old.${column}`).join(' OR ');
  return {
    ...(isAwaited && {
      [`${table}_search_insert`]: `AFTER INSERT ON ${table} WHEN ${isIn('new')} BEGIN ${add} END`,
    }),
    [`${table}_search_delete`]: `AFTER DELETE ON ${table} WHEN ${isIn('old')} BEGIN ${remove} END`,
    [`${table}_search_update`]: `AFTER UPDATE OF ${list} ON ${table} WHEN (${differs}) AND ${isIn('old')}
     BEGIN ${remove} ${add} END`,
  };
}
