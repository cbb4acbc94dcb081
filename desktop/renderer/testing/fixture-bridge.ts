import { fixtureContact } from './fixture-contacts.ts';
import type {
  ArgsOf,
  Bridge,
  Command,
  Method,
  OutboxEntry,
  Reply,
  Topic,
  Topics,
} from '../../../shared/bridge/bridge-contract.ts';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import type { ImportDraft } from '../../../shared/imports/import-draft.ts';
import { seenIdOf } from '../../../shared/people/member-operations.ts';
import type { Role } from '../../../shared/protocol/role.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { must } from '../../../shared/kernel/must.ts';
import { FixtureExport } from './fixture-export.ts';
import { fixtureDraft } from './fixture-draft.ts';
import { fillTables, ME, TENANT_ID } from './fixture-data.ts';
import { actOfHost, fixtureHost } from './fixture-host.ts';
import { fixtureQueries, type FixtureState } from './fixture-queries.ts';
import { fixtureStorage } from './fixture-sync.ts';
import { answerOnline, applyAtServer } from './fixture-online.ts';
import { fetchFixturePast } from './fixture-past.ts';
import { operationNamed } from './fixture-operations.ts';
import { FixtureTables } from './fixture-tables.ts';
import { fillTeam } from './fixture-team-data.ts';

export type FixtureOptions = {
  contacts?: number;
  offline?: boolean;
  signedOut?: boolean;
  now?: number;
  team?: boolean;
  role?: Role;
  firstRun?: boolean;
};

/** Few, so that a file takes several. */
const ACTS_A_STEP = 2;

const SIGNED_IN = {
  status: 'signed-in' as const,
  identity: {
    userId: ME,
    tenantId: TENANT_ID,
    tenantName: 'Northwell Heating',
    country: 'US',
    name: 'Maya Okafor',
    email: 'maya@northwell.example',
    role: 'OWNER' as const,
  },
  deviceId: '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a02',
  expired: false,
};

const signedInAs = (role: Role) => ({ ...SIGNED_IN, identity: { ...SIGNED_IN.identity, role } });

/** A bridge without a core: the real operations over tables in memory, and switches for what a server would do. */
export class FixtureBridge implements Bridge {
  readonly state: FixtureState;
  /** Every call, for tests that ask what was asked. */
  readonly calls: { method: Method; args: unknown }[] = [];
  /** Answers of one method, replaced: for errors. */
  readonly replies = new Map<Method, Reply<unknown>>();
  readonly exports = new FixtureExport();
  private readonly listeners = new Map<Topic, Set<(payload: never) => void>>();
  private readonly before = new Map<string, Map<string, unknown>>();
  private readonly options: FixtureOptions;

  constructor(options: FixtureOptions = {}) {
    this.options = options;
    const tables = new FixtureTables();
    const now = options.now ?? Date.now();
    fillTables(tables, options.contacts ?? 40, now);
    if (options.team) fillTeam(tables, now);
    if (!options.firstRun)
      tables.of('own_items').set(seenIdOf(ME), { id: seenIdOf(ME), kind: 'seen', body: { what: ['tour'] } });
    this.state = {
      ...fixtureHost(),
      tables,
      session: options.signedOut ? { status: 'signed-out', left: [] } : signedInAs(options.role ?? 'OWNER'),
      sync: {
        status: options.offline ? 'offline' : 'saved',
        pending: 0,
        refused: 0,
        lastHeardAt: now,
        offlineSince: options.offline ? now - 20 * 60_000 : null,
        firstSync: null,
        dataAt: options.offline ? now - 20 * 60_000 : now,
        oldestWaitingAt: null,
        diskFull: false,
        standstill: null,
        notice: null,
      },
      storage: fixtureStorage(),
      outbox: [],
      older: new Map(),
      past: new Map(),
      drafts: new Map(),
      snapshots: [],
    };
  }

  call: Bridge['call'] = async (method, args) => {
    this.calls.push({ method, args });
    const replaced = this.replies.get(method);
    if (replaced) return replaced as never;
    const queries = fixtureQueries(this.state) as Record<string, (args: unknown) => unknown>;
    const query = queries[method];
    if (query) return { data: structuredClone(query(args)) } as never;
    return this.act(method, args) as never;
  };

  subscribe: Bridge['subscribe'] = (topic, listener) => {
    const set = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, set.add(listener));
    return () => void set.delete(listener);
  };

  /** The server takes everything that waits. */
  confirmAll(): void {
    this.state.outbox = this.state.outbox.filter((entry) => entry.state === 'refused');
    this.changed();
  }

  /** The server says no: what the write did is taken back, what was typed is kept. */
  refuse(
    writeId: string,
    message: string,
    current: OutboxEntry['current'] = null,
    {
      code = 'conflict',
      because = null,
      bulk,
    }: { code?: string; because?: string | null; bulk?: OutboxEntry['bulk'] } = {},
  ): void {
    const entry = must(
      this.state.outbox.find((each) => each.writeId === writeId),
      'write',
    );
    Object.assign(entry, { state: 'refused', refusal: { code, message, because }, current });
    if (bulk) entry.bulk = bulk;
    if (entry.contactId && current) Object.assign(this.state.tables.of('contacts').get(entry.contactId) ?? {}, current);
    this.changed();
  }

  changed(): void {
    const waiting = this.state.outbox.filter((entry) => entry.state !== 'refused').length;
    const status = this.options.offline ? 'offline' : waiting > 0 ? 'waiting' : 'saved';
    this.state.sync = { ...this.state.sync, status, pending: waiting, refused: this.state.outbox.length - waiting };
    this.publish('sync', this.state.sync);
    this.publish('changed', { tables: [...SYNCED_TABLES.map(({ name }) => name), 'outbox'] });
  }

  publish<T extends Topic>(topic: T, payload: Topics[T]): void {
    for (const listener of this.listeners.get(topic) ?? []) listener(structuredClone(payload) as never);
  }

  private act(method: Method, args: unknown): Reply<unknown> | Promise<Reply<unknown>> {
    const { state } = this;
    const input = args as Record<string, never>;
    switch (method) {
      case 'command':
        return { data: this.command(args as Command) };
      case 'online': {
        const { name, input: asked } = args as { name: string; input: Record<string, never> };
        const reply = answerOnline(state, name, asked);
        if (!name.endsWith('.list')) this.changed();
        return reply;
      }
      case 'session.invitation':
        return {
          data: {
            email: 'grace@northwell.example',
            role: 'MANAGER',
            tenantName: 'Northwell Heating',
            invitedBy: 'Maya Okafor',
            expiresAt: Date.now() + 5 * 86_400_000,
          },
        };
      case 'session.beginEnrolment':
        return answerOnline(state, 'security.beginSecondFactor', {});
      case 'session.confirmEnrolment':
        state.session = SIGNED_IN;
        this.publish('session', state.session);
        return answerOnline(state, 'security.confirmSecondFactor', {});
      case 'session.secondFactor':
      case 'session.acceptInvitation':
        state.session = SIGNED_IN;
        this.publish('session', state.session);
        return { data: null };
      case 'session.signIn':
      case 'session.signUp':
        state.session = SIGNED_IN;
        this.publish('session', state.session);
        return { data: state.session };
      case 'session.signOut':
        state.session = {
          status: 'signed-out',
          left: state.outbox.length > 0 ? [{ email: SIGNED_IN.identity.email, pending: state.outbox.length }] : [],
        };
        this.publish('session', state.session);
        return { data: state.session };
      case 'outbox.retry': {
        const entry = must(
          state.outbox.find((each) => each.writeId === input['writeId']),
          'write',
        );
        state.outbox = state.outbox.filter((each) => each !== entry);
        return { data: this.command({ name: entry.name, input: input['input'] ?? entry.input } as Command) };
      }
      case 'acts.page': {
        const { filter, after } = args as ArgsOf<'acts.page'>;
        const { rows, from } = fixtureQueries(state)['acts.list']({ filter, limit: Infinity });
        const place = after?.rid ?? 0;
        const step = rows.slice(place, place + ACTS_A_STEP);
        const last = step.at(-1);
        const isMore = place + ACTS_A_STEP < rows.length;
        const next = isMore && last ? { at: last.at, rid: place + ACTS_A_STEP } : null;
        return { data: structuredClone({ rows: step, next, from }) };
      }
      case 'sync.rebuild':
        return this.rebuild();
      case 'sync.dismissNotice':
        state.sync = { ...state.sync, notice: null };
        this.publish('sync', state.sync);
        return { data: null };
      case 'storage.choose': {
        const { messageDays, quotaBytes } = input as ArgsOf<'storage.choose'>;
        if (messageDays !== undefined) state.storage.chosenDays = messageDays;
        if (quotaBytes !== undefined) state.storage.quotaBytes = quotaBytes;
        this.publish('changed', { tables: ['outbox', 'messages'] });
        return { data: null };
      }
      case 'messages.fetchOlder':
        return this.fetchOlder(String(input['conversationId']));
      case 'history.fetch': {
        if (this.options.offline)
          return { error: { code: 'unavailable', message: 'The server is out of reach. Nothing was lost.' } };
        const fetched = fetchFixturePast(state, args as ArgsOf<'history.fetch'>);
        this.publish('changed', { tables: ['contacts'] });
        return { data: fetched };
      }
      case 'outbox.takeBack':
      case 'outbox.discard':
        return this.discard(String(input['writeId']));
      case 'contactFiles.begin':
        return this.exports.begin(args as ArgsOf<'contactFiles.begin'>);
      case 'contactFiles.next':
        return this.exports.piece();
      case 'contactFiles.end':
        return { data: null };
      case 'imports.receiveFile':
        return { data: { id: input['id'] ?? newId() } };
      case 'imports.read':
        return this.saveDraft(fixtureDraft(String(input['id'])));
      case 'imports.change': {
        const draft = must(state.drafts.get(String(input['id'])), 'draft');
        const { targets, statuses, ...rest } = args as ArgsOf<'imports.change'>;
        const columns = draft.columns.map((column, index) => ({
          ...column,
          target: targets?.[index] ?? column.target,
        }));
        return this.saveDraft({ ...draft, ...rest, columns, statuses: { ...draft.statuses, ...statuses } });
      }
      case 'imports.problemsCsv':
        return { data: 'Row,Reason\n' };
      case 'imports.commit':
        return this.commit(String(input['id']));
      case 'imports.discard':
        state.drafts.delete(String(input['id']));
        return { data: null };
      default:
        return actOfHost(state, method, args, (event) => this.publish('host', event));
    }
  }

  private command({ name, input }: Command): { writeId: string; id: string | null } {
    const operation = operationNamed(name);
    const makesId = ['contacts.create', 'notes.add', 'messages.send', 'tasks.create', 'privacy.exportData'].includes(
      name,
    );
    const whole = { ...(makesId ? { id: newId<'row'>() } : {}), ...input } as Record<string, unknown> & { id?: string };
    const writeId = newId<'write'>();
    const named = whole as { contactId?: string; contactIds?: string[]; id?: string };
    const contactId = named.contactId ?? named.contactIds?.[0] ?? named.id ?? '';
    const contact = fixtureContact(this.state, contactId);
    const touched = new Map<string, unknown>();
    for (const patch of operation.patches?.(whole, { now: Date.now(), userId: ME, tenantId: TENANT_ID }) ?? []) {
      for (const id of patch.kind === 'insert' ? [patch.id] : patch.ids) {
        const table = this.state.tables.of(patch.table as 'contacts');
        touched.set(`${patch.table} ${id}`, structuredClone(table.get(id)));
      }
      this.state.tables.apply(patch);
    }
    applyAtServer(this.state, name, whole as never);
    this.before.set(writeId, touched);
    const title = `${operation.summary.replace(/\..*$/s, '')}: ${contact ? contactDisplayName(contact) : 'a contact'}`;
    this.state.outbox.push({
      writeId,
      name,
      title,
      input: whole,
      contactId: contact || name === 'contacts.create' ? contactId : null,
      madeAt: Date.now(),
      state: 'queued',
      refusal: null,
      current: null,
      bulk: toBulk(named.contactIds),
    });
    this.changed();
    return { writeId, id: whole.id ?? null };
  }

  private discard(writeId: string): Reply<null> {
    const entry = this.state.outbox.find((each) => each.writeId === writeId);
    if (entry?.state === 'queued') {
      for (const [key, row] of this.before.get(writeId) ?? []) {
        const [table = '', id = ''] = key.split(' ');
        const rows = this.state.tables.of(table as 'contacts');
        if (row === undefined) rows.delete(id);
        else rows.set(id, row as never);
      }
    }
    this.state.outbox = this.state.outbox.filter((each) => each !== entry);
    this.changed();
    return { data: null };
  }

  /** As the engine does: the outbox stays, the rest comes again. */
  private rebuild(): Reply<null> {
    this.state.sync = { ...this.state.sync, status: 'starting', firstSync: { rows: 0 } };
    this.publish('sync', this.state.sync);
    this.publish('changed', { tables: ['outbox'] });
    return { data: null };
  }

  private fetchOlder(conversationId: string): Reply<{ fetched: number; more: boolean }> {
    const older = this.state.older.get(conversationId) ?? [];
    this.state.older.delete(conversationId);
    for (const message of older) this.state.tables.of('messages').set(message.id, message);
    this.publish('changed', { tables: ['messages'] });
    return { data: { fetched: older.length, more: false } };
  }

  private saveDraft(draft: ImportDraft): Reply<ImportDraft> {
    this.state.drafts.set(draft.id, draft);
    return { data: structuredClone(draft) };
  }

  private commit(draftId: string): Reply<{ importId: string }> {
    const draft = must(this.state.drafts.get(draftId), 'draft');
    this.state.drafts.delete(draftId);
    const id = newId<'import'>();
    this.command({
      name: 'imports.start',
      input: { id, fileName: draft.fileName, total: draft.check.valid, duplicates: draft.duplicates, kind: draft.kind },
    });
    return { data: { importId: id } };
  }
}

const toBulk = (contactIds: readonly string[] = []): OutboxEntry['bulk'] =>
  contactIds.length > 1 ? { records: contactIds.length, refusedRecords: 0, slices: 1 } : null;
