import type { ArgsOf, Queries } from '../../../shared/bridge/bridge-contract.ts';
import type { HistoryEntry } from '../../../shared/contacts/history-operations.ts';
import { findDuplicates } from '../../../shared/contacts/duplicates/find-duplicates.ts';
import { fixtureContact } from './fixture-contacts.ts';
import { ME, stageIdAt } from './fixture-data.ts';
import type { FixtureState } from './fixture-queries.ts';

const HOUR = 3_600_000;
type Named = 'history.list' | 'duplicates.scan' | 'duplicates.count' | 'duplicates.pair';
type Answers = { [Q in Named]: (args: Queries[Q]['args']) => Queries[Q]['result'] };

/** What the server would tell of a contact's past, newest first. */
export function fixturePast(state: FixtureState, contactId: string): HistoryEntry[] {
  const contact = fixtureContact(state, contactId);
  if (!contact) return [];
  const now = contact.createdAt ?? 0;
  const entry = (hours: number, more: Partial<HistoryEntry>): HistoryEntry => ({
    id: `c${contactId} ${hours}`,
    kind: 'FIELD_CHANGED',
    field: null,
    before: null,
    after: null,
    at: now + hours * HOUR,
    userId: null,
    userName: null,
    deviceName: null,
    cause: null,
    note: null,
    details: {},
    ...more,
  });
  const maya = { userId: ME, userName: 'Maya Okafor', deviceName: 'Maya’s laptop' };
  const theo = { userId: '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0aff', userName: 'Theo Lindqvist', deviceName: 'Front desk' };
  return [
    entry(300, { field: 'company', before: 'Larkspur', after: contact.company, ...theo }),
    entry(250, {
      kind: 'STAGE_CHANGED',
      field: 'stageId',
      before: stageIdAt(3),
      after: contact.stageId,
      ...maya,
    }),
    entry(200, {
      kind: 'STATUS_CHANGED',
      field: 'leadStatus',
      before: 'contacted',
      after: contact.leadStatus,
      cause: { kind: 'automation', id: 'gone' },
    }),
    entry(150, { kind: 'TAG_ADDED', field: 'tag', before: null, after: contact.tags[0] ?? 'Referral', ...maya }),
    entry(100, {
      field: 'email',
      before: 'old@example.org',
      after: contact.email,
      cause: { kind: 'merge', id: 'm' },
      ...maya,
    }),
    entry(50, {
      kind: 'CONSENT_GIVEN',
      details: { purpose: 'marketing', form: 'form', source: 'Spring fair' },
      ...theo,
    }),
    entry(0, { id: '0', kind: 'CREATED', cause: { kind: 'import', id: 'i' } }),
  ];
}

/** What the last search found. */
const foundBy = new WeakMap<FixtureState, number>();

export function fixturePastQueries(state: FixtureState): Answers {
  const { tables } = state;
  const detailOf = (id: string) => fixtureContact(state, id);
  return {
    'duplicates.count': () => ({ pairs: foundBy.get(state) ?? null, share: 1 }),
    'history.list': ({ contactId, limit }) => {
      const kept = state.past.get(contactId) ?? null;
      const entries = kept?.entries ?? [];
      return {
        entries: entries.slice(0, limit),
        more: entries.length > limit,
        older: kept?.next ?? false,
        keptAt: kept?.at ?? null,
        acts: [],
        waiting: state.outbox.filter((one) => one.contactId === contactId),
        settled: {},
      };
    },
    'duplicates.scan': ({ limit }) => {
      const faces = [...tables.of('contacts').keys()].flatMap((id) => detailOf(id) ?? []);
      const search = findDuplicates(faces);
      let step = search.next();
      while (step.done !== true) step = search.next();
      const told = tables.rows('workspace_items').filter(({ kind }) => kind === 'not_duplicate');
      const isTwo = (a: string, b: string) =>
        told.some(({ body }) => {
          const two = Object.values(body as { a: string; b: string });
          return two.includes(a) && two.includes(b);
        });
      const open = step.value.filter(({ a, b }) => !isTwo(a, b));
      const pairs = open.slice(0, limit).flatMap(({ a: one, b: other, ...why }) => {
        const [a, b] = [detailOf(one), detailOf(other)];
        return a && b ? [{ a, b, ...why }] : [];
      });
      foundBy.set(state, open.length);
      return { share: 1, total: open.length, pairs };
    },
    'duplicates.pair': ({ keepId, mergeId }) => {
      const [keep, merge] = [detailOf(keepId), detailOf(mergeId)];
      if (!keep || !merge) return null;
      const idsOf = (table: 'notes' | 'conversations' | 'messages' | 'tasks') =>
        tables.rows(table).flatMap((row) => (row['contactId'] === mergeId ? [row.id] : []));
      const has = (id: string) =>
        tables.rows('contact_tags').flatMap((row) => (row['contactId'] === id ? [String(row['tagId'])] : []));
      return {
        keep,
        merge,
        moves: {
          moved: {
            notes: idsOf('notes'),
            conversations: idsOf('conversations'),
            messages: idsOf('messages'),
            tasks: idsOf('tasks'),
          },
          tagIds: has(mergeId).filter((id) => !has(keepId).includes(id)),
          groupIds: merge.groupIds.filter((id) => !keep.groupIds.includes(id)),
          threads: [],
        },
      };
    },
  };
}

/** In two pages, as a long one comes. */
export function fetchFixturePast(
  state: FixtureState,
  { contactId, older }: ArgsOf<'history.fetch'>,
): { fetched: number; more: boolean } {
  const whole = fixturePast(state, contactId);
  const known = state.past.get(contactId)?.entries.length ?? 0;
  const entries = older || known > 5 ? whole : whole.slice(0, 5);
  const next = entries.length < whole.length;
  state.past.set(contactId, { entries, next, at: Date.now() });
  return { fetched: entries.length - known, more: next };
}
