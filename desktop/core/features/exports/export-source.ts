import { setImmediate } from 'node:timers/promises';
import { collectPaths, type ExportedContact, type ExportNames } from '../../../../shared/exports/contact-columns.ts';
import { NAMED_KINDS, namesOf, type FileNames, type NamedItem } from '../../../../shared/exports/export-names.ts';
import type { ExportedInteraction, ExportedTranscript } from '../../../../shared/exports/interaction-columns.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { readContactPage } from './read-contacts.ts';
import { readInteractionPage, readTranscriptPage } from './read-interactions.ts';

/** Rows of one statement. */
const PAGE = 1_000;
/** Of looking for attributes, about as long as a page of contacts takes. */
const SLICE = 20_000;

/** The contacts of an export, in their order, and what belongs to them, a page at a time. `onPage` hears how many contacts each page was. */
export type ExportSource = {
  names: ExportNames;
  /** Reads all of them once, and lets others in between. */
  attributePaths: () => Promise<string[]>;
  contacts: () => Generator<ExportedContact[]>;
  interactions: () => Generator<ExportedInteraction[]>;
  transcripts: () => Generator<ExportedTranscript[]>;
};

export function createExportSource(
  db: ReadConnection,
  rids: Int32Array,
  { now, onPage }: { now: number; onPage: (contacts: number) => void },
): ExportSource {
  const names = readNames(db, now);
  function* pages<T>(read: (rids: number[]) => T[]): Generator<T[]> {
    for (let from = 0; from < rids.length; from += PAGE) {
      const page = [...rids.subarray(from, from + PAGE)];
      yield read(page);
      onPage(page.length);
    }
  }
  return {
    names,
    attributePaths: () => listAttributePaths(db, rids),
    contacts: () => pages((page) => readContactPage(db, page, names)),
    interactions: () => pages((page) => readInteractionPage(db, page, names.members)),
    transcripts: () => pages((page) => readTranscriptPage(db, page, names.members)),
  };
}

const readNames = (db: ReadConnection, now: number): FileNames =>
  namesOf(
    (
      db
        .sql('SELECT id, kind, body FROM workspace_items WHERE kind IN (SELECT value FROM json_each(?))')
        .all(JSON.stringify([...NAMED_KINDS])) as { id: string; kind: string; body: string }[]
    ).map((item) => ({ ...item, body: JSON.parse(item.body) as NamedItem['body'] })),
    now,
  );

/** The attributes that some of these contacts have, those that are defined first and in their order. */
async function listAttributePaths(db: ReadConnection, rids: Int32Array): Promise<string[]> {
  const wanted = new Set(rids);
  const found = new Set<string>();
  const texts = db.sql(
    'SELECT rid, attributes FROM contacts WHERE rid > ? AND attributes IS NOT NULL ORDER BY rid LIMIT ?',
  );
  for (let last = 0; ;) {
    const rows = texts.all(last, SLICE) as { rid: number; attributes: string }[];
    for (const { rid, attributes } of rows)
      if (attributes !== '{}' && wanted.has(rid)) collectPaths(JSON.parse(attributes), found);
    if (rows.length < SLICE) break;
    last = rows.at(-1)?.rid ?? last;
    // oxlint-disable-next-line no-await-in-loop -- a screen that asks meanwhile does not wait for the whole
    await setImmediate();
  }
  const order = new Map(
    db
      .sql(`SELECT body ->> 'key', body ->> 'displayOrder' FROM workspace_items WHERE kind = 'attribute'`)
      .raw()
      .all() as [string, number][],
  );
  const placeOf = (path: string) => order.get(path) ?? Number.MAX_SAFE_INTEGER;
  return [...found].toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}
