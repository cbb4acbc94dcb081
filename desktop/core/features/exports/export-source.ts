import type { ExportedContact, ExportNames } from '../../../../shared/exports/contact-columns.ts';
import { collectPaths } from '../../../../shared/exports/contact-columns.ts';
import type { ExportedInteraction, ExportedTranscript } from '../../../../shared/exports/interaction-columns.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { readContactPage } from './read-contacts.ts';
import { readInteractionPage, readTranscriptPage } from './read-interactions.ts';

/** Rows of one statement. */
const PAGE = 1_000;

/** The contacts of an export, in their order, and what belongs to them, a page at a time. `onPage` hears how many contacts each page was. */
export type ExportSource = {
  names: ExportNames;
  attributePaths: () => string[];
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
  const named = readTagNames(db);
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
    contacts: () => pages((page) => readContactPage(db, page, named)),
    interactions: () => pages((page) => readInteractionPage(db, page)),
    transcripts: () => pages((page) => readTranscriptPage(db, page)),
  };
}

type Body = Record<string, string | null>;

const listItems = (db: ReadConnection, kind: string): (Body & { id: string })[] =>
  (db.sql('SELECT id, body FROM workspace_items WHERE kind = ?').all(kind) as { id: string; body: string }[]).map(
    ({ id, body }) => ({ ...(JSON.parse(body) as Body), id }),
  );

const nameBy = (items: (Body & { id: string })[], value: (item: Body) => string): Map<string, string> =>
  new Map(items.map((item) => [item.id, value(item)]));

function readNames(db: ReadConnection, now: number): ExportNames {
  const pipelines = nameBy(listItems(db, 'pipeline'), ({ name }) => name ?? '');
  return {
    status: new Map(listItems(db, 'lead_status').map(({ key, name }) => [key ?? '', name ?? ''])),
    stage: nameBy(
      listItems(db, 'stage'),
      ({ name, pipelineId }) => `${pipelines.get(pipelineId ?? '') ?? ''} / ${name ?? ''}`,
    ),
    owner: nameBy(listItems(db, 'member'), ({ email }) => email ?? ''),
    page: nameBy(listItems(db, 'facebook_page'), ({ name }) => name ?? ''),
    now,
  };
}

export type TagNames = { tags: ReadonlyMap<string, string>; groups: ReadonlyMap<string, string> };

const readTagNames = (db: ReadConnection): TagNames => ({
  tags: nameBy(listItems(db, 'tag'), ({ name }) => name ?? ''),
  groups: nameBy(listItems(db, 'group'), ({ name }) => name ?? ''),
});

/** The attributes that some of these contacts have, those that are defined first and in their order. */
function listAttributePaths(db: ReadConnection, rids: Int32Array): string[] {
  const wanted = new Set(rids);
  const found = new Set<string>();
  const texts = db.sql('SELECT rid, attributes FROM contacts WHERE attributes IS NOT NULL');
  for (const { rid, attributes } of texts.iterate() as Iterable<{ rid: number; attributes: string }>)
    if (attributes !== '{}' && wanted.has(rid)) collectPaths(JSON.parse(attributes), found);
  const order = new Map(
    listItems(db, 'attribute').map(({ key, displayOrder }) => [key ?? '', Number(displayOrder)] as const),
  );
  const placeOf = (path: string) => order.get(path) ?? Number.MAX_SAFE_INTEGER;
  return [...found].toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}
