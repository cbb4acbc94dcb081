import type { Queries } from '../../../shared/bridge/bridge-contract.ts';
import type { ContactDetail, ContactSetup, ContactView } from '../../../shared/bridge/contacts-contract.ts';
import { contactDisplayName, type Contact } from '../../../shared/contacts/contact.ts';
import { must } from '../../../shared/kernel/must.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';
import { evaluateSegment } from '../../../shared/segments/evaluate-segment.ts';
import type { SegmentProblem } from '../../../shared/segments/prepare-rule.ts';
import type { SavedContactView } from '../../../shared/segments/contact-view.ts';
import type { SegmentRule } from '../../../shared/segments/segment.ts';
import type { WorkspaceItem, WorkspaceItemKind } from '../../../shared/workspace/workspace-item.ts';
import { fixtureDashboard } from './fixture-dashboard.ts';
import { TENANT_ID } from './fixture-data.ts';
import type { FixtureState } from './fixture-queries.ts';

type StoredContact = Omit<Contact, 'tags' | 'groupIds'>;
type Named =
  | 'contacts.window'
  | 'contacts.indexOf'
  | 'contacts.ids'
  | 'contacts.matching'
  | 'contacts.choices'
  | 'contacts.get'
  | 'contacts.count'
  | 'contacts.setup'
  | 'contacts.views'
  | 'contacts.withAddress'
  | 'dashboard.get'
  | 'tags.ofContacts'
  | 'pipelines.board'
  | 'pipelines.column';
type Answers = { [Q in Named]: (args: Queries[Q]['args']) => Queries[Q]['result'] };

const NULLS = {
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  phone: null,
  leadScore: null,
  leadStatus: null,
  ownerId: null,
  source: null,
  locale: null,
  timezone: null,
  attributes: null,
  messengerPsid: null,
  instagramSid: null,
  profilePicUrl: null,
  hasMessenger: null,
  hasInstagram: null,
  facebookPageId: null,
  pipelineId: null,
  stageId: null,
  stageEnteredAt: null,
  statusEnteredAt: null,
  sentiment: null,
  estimatedRevenueCents: null,
  actualRevenueCents: null,
  emergency: null,
  keywords: null,
  aiContext: null,
  aiContextUpdatedAt: null,
  marketingConsentUntil: null,
  automatedConsentUntil: null,
  optedOutAt: null,
  optOutMethod: null,
  optOutReason: null,
  doNotCallAt: null,
  lastInboundAt: null,
  lastOutboundAt: null,
  lastInteractionAt: null,
};

/** Marks of a write that stand under another name than its input's. */
const MARKS: Record<string, string> = { 'contacts.addTags': 'tags', 'contacts.removeTags': 'tags' };

export function fixtureContact({ tables, outbox }: FixtureState, id: string): ContactDetail | null {
  const row = tables.of('contacts').get(id) as StoredContact | undefined;
  if (!row) return null;
  const tags = tables
    .rows('contact_tags')
    .filter((tag) => tag['contactId'] === id)
    .map(
      (tag) => (must(tables.of('workspace_items').get(String(tag['tagId'])), 'tag')['body'] as { name: string }).name,
    );
  const groupIds = tables
    .rows('group_members')
    .filter((member) => member['contactId'] === id)
    .map((member) => String(member['groupId']));
  const [last] = tables
    .rows('conversations')
    .filter((conversation) => conversation['contactId'] === id && conversation['lastMessageAt'] !== null)
    .toSorted((a, b) => Number(b['lastMessageAt']) - Number(a['lastMessageAt']));
  const mine = outbox.filter(
    ({ contactId, input }) => contactId === id || ((input as { contactIds?: string[] }).contactIds ?? []).includes(id),
  );
  const pending = mine
    .filter((entry) => entry.state !== 'refused')
    .flatMap((entry) => MARKS[entry.name] ?? Object.keys(entry.input as object));
  return {
    ...NULLS,
    ...row,
    tags: tags.toSorted(),
    groupIds,
    lastMessage: last
      ? {
          conversationId: last.id,
          channel: String(last['channel']),
          direction: String(last['lastMessageDirection']),
          preview: (last['lastMessagePreview'] as string | null) ?? '',
          at: Number(last['lastMessageAt']),
        }
      : null,
    optedOut: (row.optedOutAt ?? null) !== null,
    sync: { pending, refused: mine.some((entry) => entry.state === 'refused') },
  };
}

function meaning(state: FixtureState, rule: SegmentRule): (id: string) => boolean {
  const means = meaningOf(state, rule);
  return (id) => means(must(fixtureContact(state, id), 'contact'));
}

function meaningOf(state: FixtureState, rule: SegmentRule): (contact: ContactDetail) => boolean {
  const segments = new Map(itemsOf(state, 'segment').map((segment) => [segment.id, segment]));
  const context = {
    now: Date.now(),
    zone: 'UTC',
    tenantId: TENANT_ID,
    findSegment: (id: string) => {
      const found = segments.get(id);
      if (!found) return null;
      return found.kind === 'static'
        ? ({ kind: 'static' } as const)
        : ({ kind: 'dynamic', rule: found.rule as SegmentRule } as const);
    },
  };
  return (contact) => evaluateSegment(rule, { ...contact, groups: contact.groupIds }, context);
}

function ordered(state: FixtureState, { search, filter, sort, order }: ContactView): string[] {
  const words = toSearchText(search).split(' ').filter(Boolean);
  const means = filter ? meaning(state, filter) : () => true;
  const { statuses, stages } = fixtureSetup(state);
  const rows = state.tables.rows<StoredContact>('contacts').filter((row) => {
    const text = toSearchText(
      [row.firstName, row.lastName, row.company, row.phone, row.email].filter(Boolean).join(' '),
    );
    return words.every((word) => text.split(' ').some((part) => part.includes(word))) && means(row.id);
  });
  const place = (list: readonly string[], key: string | null) => (key && list.includes(key) ? list.indexOf(key) : null);
  const keys: Record<ContactView['sort'], (row: StoredContact) => string | number | null | undefined> = {
    name: (row) => toSearchText(contactDisplayName({ ...NULLS, ...row })),
    score: (row) => row.leadScore,
    createdAt: (row) => row.createdAt,
    lastInteractionAt: (row) => row.lastInteractionAt,
    company: (row) => row.company?.toLowerCase(),
    status: (row) =>
      place(
        statuses.map((status) => status.key),
        row.leadStatus,
      ),
    stage: (row) =>
      place(
        stages.map((stage) => stage.id),
        row.stageId,
      ),
    sentiment: (row) => place(['unsure', 'ghosted', 'cold', 'hot'], row.sentiment),
    value: (row) => row.estimatedRevenueCents,
    stageEnteredAt: (row) => row.stageEnteredAt,
    lastInboundAt: (row) => row.lastInboundAt,
  };
  const sign = order === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ id: row.id, key: keys[sort](row) ?? null }))
    .toSorted((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
      return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * sign;
    })
    .map(({ id }) => id);
}

const itemsOf = <K extends WorkspaceItemKind>(state: FixtureState, kind: K): WorkspaceItem<K>[] =>
  state.tables
    .rows('workspace_items')
    .filter((item) => item['kind'] === kind)
    .map((item) => ({ id: item.id, ...(item['body'] as object) }) as WorkspaceItem<K>);

const fixtureSetup = (state: FixtureState): ContactSetup => ({
  statuses: itemsOf(state, 'lead_status').toSorted((a, b) => a.displayOrder - b.displayOrder),
  automations: itemsOf(state, 'status_automation'),
  pipelines: itemsOf(state, 'pipeline').toSorted((a, b) => a.displayOrder - b.displayOrder),
  stages: itemsOf(state, 'stage').toSorted((a, b) => a.displayOrder - b.displayOrder),
  groups: itemsOf(state, 'group'),
  segments: itemsOf(state, 'segment'),
  attributes: itemsOf(state, 'attribute').toSorted((a, b) => a.displayOrder - b.displayOrder),
  pages: itemsOf(state, 'facebook_page'),
});

function cardsOf(state: FixtureState, stageId: string, filter: SegmentRule | undefined): ContactDetail[] {
  const means = filter ? meaning(state, filter) : () => true;
  return state.tables
    .rows<StoredContact>('contacts')
    .filter((row) => row.stageId === stageId && means(row.id))
    .toSorted((a, b) => (b.stageEnteredAt ?? 0) - (a.stageEnteredAt ?? 0))
    .flatMap(({ id }) => fixtureContact(state, id) ?? []);
}

export function fixtureContactQueries(state: FixtureState): Answers {
  const { tables } = state;
  return {
    'contacts.window': ({ view, snapshot, from, count }) => {
      const token = snapshot ?? state.snapshots.push(ordered(state, view)) - 1;
      const ids = state.snapshots[token] ?? [];
      const known = new Set(ids);
      const newer = snapshot === null ? 0 : ordered(state, view).filter((id) => !known.has(id)).length;
      const rows = ids.slice(from, from + count).map((id) => fixtureContact(state, id));
      return { snapshot: token, total: ids.length, capped: false, newer, rows, tookMs: 2 };
    },
    'contacts.indexOf': ({ snapshot, id }) => state.snapshots[snapshot]?.indexOf(id) ?? -1,
    'contacts.ids': ({ snapshot, except }) =>
      (state.snapshots[snapshot] ?? []).filter((id) => tables.of('contacts').has(id) && !except.includes(id)),
    'contacts.matching': ({ rule, sample }) => {
      const means = meaning(state, rule);
      const ids = [...tables.of('contacts').keys()].filter((id) => means(id));
      return {
        count: ids.length,
        total: tables.of('contacts').size,
        sample: ids.slice(0, sample).map((id) => must(fixtureContact(state, id), 'contact')),
        problems: [] as SegmentProblem[],
        tookMs: 2,
      };
    },
    'contacts.choices': () => null,
    'contacts.views': () =>
      tables
        .rows('own_items')
        .filter((item) => item['kind'] === 'contact_view')
        .map((item) => ({
          id: item.id,
          ...(item['body'] as { name: string; displayOrder: number; view: SavedContactView }),
        })),
    'dashboard.get': () => {
      const rows = tables.rows<StoredContact>('contacts').flatMap(({ id }) => fixtureContact(state, id) ?? []);
      return fixtureDashboard(rows, fixtureSetup(state), (rule) => rows.filter(meaningOf(state, rule)));
    },
    'contacts.withAddress': ({ phone, email }) =>
      tables
        .rows<StoredContact>('contacts')
        .filter((row) => (phone !== null && row.phone === phone) || (email !== null && row.email === email))
        .flatMap(({ id }) => fixtureContact(state, id) ?? [])
        .slice(0, 5),
    'tags.ofContacts': ({ contactIds }) => {
      const all = contactIds ?? [...tables.of('contacts').keys()];
      return [...new Set(all.flatMap((id) => fixtureContact(state, id)?.tags ?? []))].toSorted();
    },
    'pipelines.board': ({ pipelineId, filter }) =>
      fixtureSetup(state)
        .stages.filter((stage) => stage.pipelineId === pipelineId)
        .map(({ id }) => {
          const cards = cardsOf(state, id, filter);
          return {
            stageId: id,
            contacts: cards.length,
            valueCents: cards.reduce((sum, card) => sum + (card.estimatedRevenueCents ?? 0), 0),
          };
        }),
    'pipelines.column': ({ stageId, from, count, filter }) => cardsOf(state, stageId, filter).slice(from, from + count),
    'contacts.get': ({ id }) => fixtureContact(state, id),
    'contacts.count': () => tables.of('contacts').size,
    'contacts.setup': () => fixtureSetup(state),
  };
}

export const findFixtureContacts = (state: FixtureState, text: string): ContactDetail[] =>
  ordered(state, { search: text, sort: 'score', order: 'desc' }).flatMap((id) => fixtureContact(state, id) ?? []);
