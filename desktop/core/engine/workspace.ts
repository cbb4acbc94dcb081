import type { Identity } from '../../../shared/auth/auth-requests.ts';
import type { Acts, Standstill, SyncState } from '../../../shared/bridge/bridge-contract.ts';
import { resumeBulkCommands } from '../features/outbox/bulk-command.ts';
import { forgetGone } from '../features/contacts/history/keep-history.ts';
import { fetchOlderMessages, OlderMessages } from '../features/inbox/older-messages.ts';
import { chooseStorage, readMessageWindow, saveSetting } from '../replica/local-settings.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { PROTOCOL_VERSION, type Skew } from '../../../shared/protocol/protocol-version.ts';
import type { Replica } from '../replica/open-replica.ts';
import type { ReplicaPlace } from '../replica/sealed-database.ts';
import { SearchTidy } from '../replica/search/tidy-search.ts';
import type { ServerLine } from '../session/server-line.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import { PullShapes } from '../sync/pull-shapes.ts';
import { PushOutbox } from '../sync/push-outbox.ts';
import { Checkpointer } from './checkpointer.ts';
import { openOrRescue } from './rescue-replica.ts';
import { readSyncState } from './sync-state.ts';
import { ChangeFeed } from './change-feed.ts';
import { FollowMembership } from './follow-membership.ts';

export type WorkspaceParts = {
  place: ReplicaPlace;
  identity: Identity;
  deviceId: string;
  line: ServerLine;
  keeper: SessionKeeper;
  emit: (topic: 'changed' | 'sync', payload: unknown) => void;
  /** What to tell the person about the replica before it was opened. */
  notice: string | null;
  onProblem: (where: string, error: unknown) => void;
};

const FIRST_NUDGE_MS = 100;
const LAST_NUDGE_MS = 20_000;
/** Of when the data is, is written down this often while something else is written, and so often when nothing is. */
const NOTE_AGE_MS = 60_000;
const NOTE_IDLE_MS = 3_600_000;

/** One person's replica, open, with the two lines that keep it like the server's. */
export class Workspace {
  readonly replica: Replica;
  /** As it was opened: without a key where the file could not be encrypted yet. */
  readonly place: ReplicaPlace;
  /** Whose replica it is. */
  readonly openedFor: Identity;
  private readonly parts: WorkspaceParts;
  private readonly feed: ChangeFeed;
  private readonly pull: PullShapes;
  private readonly push: PushOutbox;
  private readonly tidy: SearchTidy;
  private readonly log: Checkpointer;
  private readonly older: OlderMessages;
  private readonly members: FollowMembership;
  private readonly clock: NodeJS.Timeout;
  private nudge: NodeJS.Timeout | undefined;
  private nudgeMs = FIRST_NUDGE_MS;
  private onlineSince: number | null = null;
  private diskFull = false;
  /** Which side had to be updated when the streams were last started or stopped for it. */
  private skew: Skew | null = null;
  /** In whose words the server refuses all that this device sends; null while it takes it. */
  private notTaken: string | null = null;
  private notedAge = 0;
  private notice: string | null;
  private denied: ReadonlySet<string> = new Set();
  private told = '';
  private tellAfter = 0;
  private telling: NodeJS.Timeout | undefined;

  constructor(parts: WorkspaceParts) {
    this.parts = parts;
    this.openedFor = parts.identity;
    const { line, keeper, deviceId } = parts;
    const { replica, place, notice } = openOrRescue(parts.place, parts.identity, parts.onProblem);
    this.replica = replica;
    this.place = place;
    this.notice = notice ?? parts.notice;
    this.older = new OlderMessages(
      replica,
      () => this.tellDropped(),
      (error) => parts.onProblem('older messages', error),
    );
    this.log = new Checkpointer(replica, place, parts.onProblem);
    this.tidy = new SearchTidy(
      replica,
      () => this.log.later(),
      (error) => parts.onProblem('search', error),
    );
    this.feed = new ChangeFeed(({ tables, ids }) => {
      parts.emit('changed', { tables, ids });
      this.tellState();
    });
    const refreshToken = async () => this.isOwn && keeper.refresh();
    const accessToken = () => this.accessToken();
    this.pull = new PullShapes({
      replica: this.replica,
      serverUrl: line.serverUrl,
      fetch: line.fetch,
      accessToken,
      refreshToken,
      onApplied: () => {
        this.diskFull = false;
        this.changed(false);
      },
      pause: () => this.log.breathe(),
      onEpoch: () => this.push.wake(true),
      onProblem: (table, error) => {
        this.diskFull ||= isDiskFull(error);
        this.tellState();
        parts.onProblem(`pull ${table}`, error);
      },
    });
    this.push = new PushOutbox({
      replica: this.replica,
      deviceId,
      protocol: () => line.speaks,
      send: async (body, signal) => line.post('/api/sync/push', body, await accessToken(), signal),
      isOffline: () => line.offlineSince !== null,
      refreshToken,
      onDecided: () => {
        this.notTaken = null;
        this.nudgeMs = FIRST_NUDGE_MS;
        this.changed(false);
      },
      onProblem: (error) => {
        if (error instanceof AppError && error.code === 'forbidden') this.notTaken = error.message;
        this.tellState();
        parts.onProblem('push', error);
      },
      random: Math.random,
    });
    this.members = new FollowMembership({
      replica: this.replica,
      userId: this.openedFor.userId,
      keeper,
      role: () => this.identity.role,
      onRole: () => this.restartStreams(),
      onProblem: (error) => parts.onProblem('membership', error),
    });
    this.clock = setInterval(() => {
      this.noteAge(NOTE_IDLE_MS);
      // Nobody else would hear that the server was updated.
      if (this.skew) void this.parts.line.ask();
      this.tellState();
    }, 30_000);
  }

  /** Of now: a role may have changed since the replica was opened, and comes with the next token. */
  get identity(): Identity {
    const { session } = this.parts.keeper;
    return session && this.isOwn ? session.identity : this.openedFor;
  }

  /** Somebody else's session is there for a moment while they sign in over this one. It must not carry this one's work. */
  private get isOwn(): boolean {
    const identity = this.parts.keeper.session?.identity;
    return identity?.userId === this.openedFor.userId && identity.tenantId === this.openedFor.tenantId;
  }

  private async accessToken(): Promise<string> {
    const token = this.isOwn ? await this.parts.keeper.accessToken() : null;
    if (token === null || !this.isOwn) throw new AppError('unauthenticated', 'Somebody else is signing in.');
    return token;
  }

  start(): void {
    void this.walk(resumeBulkCommands(this.replica, this.identity)).catch((error: unknown) =>
      this.parts.onProblem('bulk command', error),
    );
    this.skew = this.parts.line.skew;
    if (!this.skew) this.pull.start();
    this.push.wake(true);
    this.tidy.start();
    this.tellState();
  }

  /** Something was written to the replica. `urgent`: by the person in front of it. */
  changed(urgent: boolean): void {
    const touched = this.replica.takeTouched();
    if (touched.tables.length > 0) {
      this.noteAge(NOTE_AGE_MS);
      this.log.later();
    }
    this.tidy.touched(touched.tables);
    if (touched.tables.includes('workspace_items')) this.members.look();
    if (touched.tables.some((table) => table === 'contacts' || table === 'messages')) this.older.later();
    this.feed.add(touched, urgent);
    this.tellDenied();
    this.tellState();
    this.nudgeIdleTables();
  }

  /** A table that was empty when the server closed or opened it has no row to tell of, but screens say it in words. */
  private tellDenied(): void {
    const denied = this.replica.sql('SELECT tbl FROM stream WHERE denied = 1').pluck().all() as string[];
    const tables = [
      ...denied.filter((one) => !this.denied.has(one)),
      ...[...this.denied].filter((one) => !denied.includes(one)),
    ];
    this.denied = new Set(denied);
    if (tables.length > 0) this.feed.add({ tables, rows: tables.length, ids: {} });
  }

  /** The session has other tokens, perhaps with another role. */
  sessionChanged(): void {
    // Not from within the request that needed them.
    setImmediate(() => {
      if (this.replica.db.open) this.members.sessionChanged();
    });
  }

  /** After a local write. */
  send(): void {
    this.changed(true);
    this.push.wake(false);
  }

  /** Walks through the steps of a long write. Each is shown as soon as it is done; sending begins when all are, or it would slow them. */
  async walk<T>(steps: Generator<void, T>): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.send();
        return step.value;
      }
      this.changed(false);
      await this.log.breathe();
      if (!this.replica.db.open)
        throw new AppError('unavailable', 'Switchboard was closed. It goes on with this when it is opened again.');
    }
  }

  tryNow(): void {
    if (this.skew) void this.parts.line.ask();
    this.pull.wake();
    this.push.wake(true);
  }

  /** Streams start over from where they stand: what they may carry, or are asked for, is another now. */
  restartStreams(): void {
    this.pull.restart();
  }

  choose(choice: Acts['storage.choose']['args']): void {
    const before = readMessageWindow(this.replica);
    chooseStorage(this.replica, choice);
    if (readMessageWindow(this.replica) !== before) this.restartStreams();
    this.older.later();
    this.changed(true);
  }

  readonly ask = async (path: string) => this.parts.line.get(path, await this.accessToken());

  async fetchOlder(conversationId: string): Promise<{ fetched: number; more: boolean }> {
    const result = await fetchOlderMessages(this.replica, this.ask, conversationId, Date.now());
    this.older.later();
    this.changed(true);
    return result;
  }

  dismissNotice(): void {
    this.notice = null;
    this.tellState();
  }

  /** After older messages were dropped: told without starting the same round again. */
  private tellDropped(): void {
    this.replica.tx(() => forgetGone(this.replica), 'fed');
    const touched = this.replica.takeTouched();
    if (touched.tables.length > 0) this.feed.add(touched);
  }

  lineChanged(change: 'online' | 'offline' | 'same'): void {
    if (change === 'offline') this.noteAge(0);
    if (change === 'online') {
      this.onlineSince = Date.now();
      // Not from within the request that found out.
      setImmediate(() => this.tryNow());
    }
    this.meetSkew();
    if (change !== 'same') this.tellState();
  }

  /** The server speaks other versions than a moment ago: streams that it would refuse rest, and start when it no longer would. */
  private meetSkew(): void {
    const { skew } = this.parts.line;
    if (skew === this.skew) return;
    this.skew = skew;
    // Not from within the request that found out.
    setImmediate(() => {
      if (!this.replica.db.open) return;
      if (this.skew) this.pull.stop();
      else this.pull.start();
      this.push.wake(true);
      this.tellState();
    });
  }

  private get standstill(): Standstill | null {
    const { skew, protocol } = this.parts.line;
    if (skew && protocol) return { why: skew, app: PROTOCOL_VERSION, server: protocol };
    return this.notTaken === null ? null : { why: 'not-taken', message: this.notTaken };
  }

  get state(): SyncState {
    const { lastHeardAt, offlineSince, lastFedAt } = this.parts.line;
    const { onlineSince, diskFull, standstill, notice } = this;
    const facts = { lastHeardAt, offlineSince, lastFedAt, onlineSince, diskFull, standstill, notice };
    return readSyncState(this.replica, facts, Date.now());
  }

  /** Writes down of when the data is, for a start that finds no line. Rarely: an idle desktop writes next to nothing. */
  private noteAge(everyMs: number): void {
    const { lastFedAt } = this.parts.line;
    if (lastFedAt === null || !this.replica.db.open || lastFedAt - this.notedAge < Math.max(1, everyMs)) return;
    this.notedAge = lastFedAt;
    try {
      this.replica.tx(() => saveSetting(this.replica, 'fed_at', String(lastFedAt)), 'fed');
    } catch (error) {
      // On a full disk the line still works; the age is noted at the next chance.
      if (!isDiskFull(error)) throw error;
    }
  }

  /** Counting a long outbox takes time: then it is told at most so often that it costs a twentieth of it. */
  private tellState(): void {
    if (!this.replica.db.open || this.telling) return;
    const waitMs = this.tellAfter - performance.now();
    if (waitMs > 0) {
      this.telling = setTimeout(() => {
        this.telling = undefined;
        this.tellState();
      }, waitMs);
      return;
    }
    const started = performance.now();
    const { state } = this;
    const costMs = performance.now() - started;
    this.tellAfter = state.pending + state.refused > 100 ? started + costMs * 20 : 0;
    // When the server was last heard changes all the time; by itself it is worth telling now and then only.
    const heard = Math.floor((state.lastHeardAt ?? 0) / 30_000);
    const text = JSON.stringify({ ...state, lastHeardAt: heard, dataAt: heard || state.dataAt });
    if (text === this.told) return;
    this.told = text;
    this.parts.emit('sync', state);
  }

  /**
   * A table that nobody else writes to learns that it is up to date only when its long poll ends, 20 seconds later.
   * Where a write of ours waits for just that, the poll is cut short.
   */
  private nudgeIdleTables(): void {
    if (this.nudge || !this.replica.db.open) return;
    if (!this.replica.sql(`SELECT 1 FROM pending_write WHERE state = 'accepted' LIMIT 1`).get()) return;
    this.nudge = setTimeout(() => {
      this.nudge = undefined;
      const behind = this.tablesBehind();
      if (behind.length === 0) return;
      this.nudgeMs = Math.min(LAST_NUDGE_MS, this.nudgeMs * 2);
      for (const table of behind) this.pull.catchUp(table);
      this.nudgeIdleTables();
    }, this.nudgeMs);
  }

  private tablesBehind(): string[] {
    if (!this.replica.db.open || this.parts.line.offlineSince !== null) return [];
    return this.replica
      .sql(
        `SELECT DISTINCT p.tbl FROM pending_write w JOIN pending_patch p ON p.seq = w.seq JOIN stream s ON s.tbl = p.tbl
         WHERE w.state = 'accepted' AND w.commit_lsn > s.lsn
         UNION SELECT 'write_receipts' FROM pending_write WHERE state = 'accepted' AND exact = 0`,
      )
      .pluck()
      .all() as string[];
  }

  close(): void {
    clearInterval(this.clock);
    clearTimeout(this.nudge);
    this.members.stop();
    clearTimeout(this.telling);
    this.tidy.stop();
    this.older.stop();
    this.feed.stop();
    this.pull.stop();
    this.push.stop();
    this.noteAge(0);
    void this.log.close();
    this.replica.close();
  }

  /** Lets go of the file but for the one connection that writes, before the file itself is replaced. */
  releaseFile(): Promise<void> {
    return this.log.close();
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC');
