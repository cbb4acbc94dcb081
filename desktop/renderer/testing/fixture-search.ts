import type { ArgsOf, ResultOf, SearchHit } from '../../../shared/bridge/bridge-contract.ts';
import type { ContactRow } from '../../../shared/bridge/contacts-contract.ts';
import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import type { FixtureState } from './fixture-queries.ts';
import type { FixtureTables } from './fixture-tables.ts';

/** A text that holds all that was searched for, as it was written. */
function excerptOf(text: unknown, sought: string) {
  if (typeof text !== 'string') return null;
  const from = text.toLowerCase().indexOf(sought.toLowerCase());
  return from < 0 ? null : { text, from, to: from + sought.length };
}

/** Search everywhere, in small: whole texts that hold the words. */
export function fixtureSearch(
  { tables }: FixtureState,
  { text, limit, kinds }: ArgsOf<'search.everywhere'>,
  people: readonly ContactRow[],
): ResultOf<'search.everywhere'> {
  const contacts: SearchHit[] = people.map((contact) => ({ kind: 'contact', contact }));
  const hits = [...contacts, ...textsFound(tables, text)].filter(({ kind }) => !kinds || kinds.includes(kind));
  return { hits: hits.slice(0, limit), searched: tables.of('contacts').size, building: false, tookMs: 2 };
}

function textsFound(tables: FixtureTables, sought: string): SearchHit[] {
  const nameOf = (id: unknown) => {
    const row = tables.of('contacts').get(String(id));
    return row ? contactDisplayName({ firstName: null, lastName: null, phone: null, email: null, ...row }) : null;
  };
  const seen = new Set<unknown>();
  const messages = tables.rows('messages').flatMap((row): SearchHit[] => {
    const excerpt = excerptOf(row['body'], sought);
    if (!excerpt) return [];
    const kind = seen.has(row['conversationId']) ? 'message' : 'conversation';
    seen.add(row['conversationId']);
    return [
      {
        kind,
        messageId: row.id,
        conversationId: String(row['conversationId']),
        contactId: String(row['contactId']),
        contactName: nameOf(row['contactId']),
        channel: 'sms',
        direction: String(row['direction']),
        at: Number(row['createdAt']),
        excerpt,
      },
    ];
  });
  const notes = tables.rows('notes').flatMap((row): SearchHit[] => {
    const excerpt = excerptOf(row['body'], sought);
    const contactId = String(row['contactId']);
    if (!excerpt) return [];
    return [
      { kind: 'note', id: row.id, contactId, contactName: nameOf(contactId), at: Number(row['createdAt']), excerpt },
    ];
  });
  const tasks = tables.rows('tasks').flatMap((row): SearchHit[] => {
    const excerpt = excerptOf(row['title'], sought);
    if (!excerpt) return [];
    return [
      {
        kind: 'task',
        id: row.id,
        title: String(row['title']),
        contactId: (row['contactId'] as string | null) ?? null,
        contactName: nameOf(row['contactId']),
        dueAt: row['dueAt'] === null ? null : Number(row['dueAt']),
        done: row['completedAt'] !== null,
        at: Number(row['createdAt']),
        excerpt,
      },
    ];
  });
  return [...messages, ...notes, ...tasks];
}
