import { FetchError, ShapeStream, type Offset } from '@electric-sql/client';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import type { Replica } from '../replica/open-replica.ts';
import { toColumnName } from '../../../shared/protocol/synced-table.ts';
import { applyBatch, fetchAnew, finishTable, LostTrack, type ShapeMessage } from './apply-messages.ts';
import { allowTable, beginCopy, emptyTable, hasRows, scrub } from './denied-table.ts';
import { enterEpoch, EPOCH_HEADER, findEpoch } from './epoch.ts';

export type PullParts = {
  replica: Replica;
  serverUrl: string;
  fetch: typeof fetch;
  accessToken: () => Promise<string>;
  /** False when the session is over: the stream rests until somebody signs in. */
  refreshToken: () => Promise<boolean>;
  /** After every applied slice and batch. */
  onApplied: () => void;
  /** Between two steps of a long work: commands get in, and the log is written back. */
  pause: () => Promise<void>;
  /** Writes have to be sent again, because the server's database is another one. */
  onEpoch: () => void;
  onProblem: (table: string, error: unknown) => void;
};

type Running = { stop: () => void; failing: boolean; refresh: () => void };

// Everything stays text: cells are decoded by the contract's column kinds, not by what the shape says of itself.
const asIs = (value: string) => value;
const PARSER = Object.fromEntries(
  ['int2', 'int4', 'int8', 'bool', 'float4', 'float8', 'json', 'jsonb'].map((type) => [type, asIs]),
);

/** On a first sync a table that only says more about another one waits for it: people can search contacts before their tags are here. */
const FOLLOWS: Readonly<Record<string, string>> = { contact_tags: 'contacts', notes: 'contacts', messages: 'contacts' };

/** Days of messages that this device keeps; unset, all of them. */
export const MESSAGE_DAYS = 'message_days';

/** One shape stream per table, each resumed from where the replica stands. */
export class PullShapes {
  private readonly parts: PullParts;
  private readonly running = new Map<string, Running>();
  private readonly restarts = new Map<string, NodeJS.Timeout>();
  /** Tables that this person was just told are not for them. Asked again at the next start. */
  private readonly denied = new Set<string>();
  private stopped = true;
  /** Counts the starts: what an earlier one still had to do is not done into this one. */
  private round = 0;

  constructor(parts: PullParts) {
    this.parts = parts;
  }

  start(): void {
    this.stopped = false;
    this.denied.clear();
    this.startDue();
  }

  stop(): void {
    this.stopped = true;
    this.round += 1;
    for (const timer of this.restarts.values()) clearTimeout(timer);
    this.restarts.clear();
    for (const { stop } of this.running.values()) stop();
    this.running.clear();
  }

  /** The person's role has changed: what each table answers is asked anew. */
  restart(): void {
    if (this.stopped) return;
    this.stop();
    this.start();
  }

  /** The line is back, or a person asks: streams that wait out a failure start over at once. */
  wake(): void {
    if (this.stopped) return;
    for (const [name, one] of this.running) if (one.failing) this.startTable(name);
    for (const name of this.restarts.keys()) this.startTable(name);
    this.startDue();
  }

  /** Starts every table that does not run yet and need not wait for another. */
  private startDue(): void {
    for (const { name } of SYNCED_TABLES)
      if (!this.running.has(name) && !this.restarts.has(name) && this.isDue(name) && !this.denied.has(name))
        this.startTable(name);
  }

  private isDue(name: string): boolean {
    const leader = FOLLOWS[name];
    if (leader === undefined) return true;
    return this.parts.replica.sql('SELECT ready FROM stream WHERE tbl = ?').pluck().get(leader) === 1;
  }

  /** Ends the idle wait of a table once, because the server is known to have more to say. */
  catchUp(table: string): void {
    this.running.get(table)?.refresh();
  }

  private startTable(name: string): void {
    clearTimeout(this.restarts.get(name));
    this.restarts.delete(name);
    this.running.get(name)?.stop();
    const aborter = new AbortController();
    const own: Running = { stop: () => aborter.abort(), failing: false, refresh: () => {} };
    this.running.set(name, own);
    void this.follow(name, own, aborter.signal).catch((error: unknown) => {
      if (!aborter.signal.aborted) this.fail(name, error);
    });
  }

  private async follow(name: string, own: Running, signal: AbortSignal): Promise<void> {
    const { replica } = this.parts;
    // What an earlier run left half done is done first.
    for (const _ of finishTable(replica, name)) await this.breathe(signal);
    const at = replica.sql('SELECT handle, "offset", denied FROM stream WHERE tbl = ?').get(name) as {
      handle: string | null;
      offset: string | null;
      denied: number;
    };
    if (!at.handle && !at.denied) beginCopy(replica, name);
    const stream = new ShapeStream({
      url: `${this.parts.serverUrl}/api/shapes/${name}`,
      params: this.paramsOf(name),
      headers: { Authorization: async () => `Bearer ${await this.parts.accessToken()}` },
      signal,
      parser: PARSER,
      ...(at.handle && at.offset ? { handle: at.handle, offset: at.offset as Offset } : {}),
      backoffOptions: { initialDelay: 1_000, maxDelay: 30_000, multiplier: 2 },
      warnOnHttp: false,
      fetchClient: (input, init) => this.send(own, signal, input, init),
      onError: (error) => this.mayGoOn(error),
    });
    own.refresh = () => void stream.forceDisconnectAndRefresh().catch(() => {});
    stream.subscribe(
      async (messages) => {
        if (!signal.aborted) await this.take(name, stream, messages as ShapeMessage[], signal);
      },
      (error) => {
        if (!signal.aborted) this.fail(name, error);
      },
    );
  }

  /** The columns this version knows, so that a server that has learnt a new one need not send everything again. */
  private paramsOf(name: string) {
    const columns = SYNCED_TABLES.find((table) => table.name === name)?.columns ?? {};
    const days = this.parts.replica.sql('SELECT value FROM local_setting WHERE key = ?').pluck().get(MESSAGE_DAYS);
    return {
      columns: Object.keys(columns).map(toColumnName),
      ...(name === 'messages' && typeof days === 'string' ? { days } : {}),
    };
  }

  private async send(own: Running, signal: AbortSignal, ...request: Parameters<typeof fetch>): Promise<Response> {
    try {
      const response = await this.parts.fetch(...request);
      own.failing = response.status >= 500;
      const epoch = response.headers.get(EPOCH_HEADER);
      if (epoch && !signal.aborted) this.meetEpoch(epoch);
      signal.throwIfAborted();
      return response;
    } catch (error) {
      own.failing = !signal.aborted;
      throw error;
    }
  }

  private meetEpoch(epoch: string): void {
    const { replica } = this.parts;
    const known = findEpoch(replica);
    if (known === epoch) return;
    // First, because it may fail, for instance on a full disk: the streams go on then, and meet the epoch again.
    enterEpoch(replica, epoch);
    if (known === null) return;
    this.stop();
    this.parts.onEpoch();
    this.start();
  }

  private async breathe(signal: AbortSignal): Promise<void> {
    this.parts.onApplied();
    await this.parts.pause();
    signal.throwIfAborted();
  }

  private async take(
    name: string,
    stream: ShapeStream,
    messages: readonly ShapeMessage[],
    signal: AbortSignal,
  ): Promise<void> {
    const fresh = messages.some(({ headers }) => headers.control === 'must-refetch');
    const resume = { handle: fresh ? null : (stream.shapeHandle ?? null), offset: fresh ? null : stream.lastOffset };
    try {
      allowTable(this.parts.replica, name);
      await applyBatch(this.parts.replica, name, messages, resume, () => this.breathe(signal));
      this.parts.onApplied();
      this.startDue();
    } catch (error) {
      if (signal.aborted) return;
      this.fail(name, error instanceof LostTrack ? this.beginAnew(name, error) : error);
    }
  }

  /** Answers why the table stopped: where even this fails, for instance on a full disk, the same batch comes again. */
  private beginAnew(name: string, lost: LostTrack): unknown {
    try {
      fetchAnew(this.parts.replica, name);
      return lost;
    } catch (error) {
      return error;
    }
  }

  private async mayGoOn(error: unknown): Promise<Record<never, never> | void> {
    if (!(error instanceof FetchError) || error.status !== 401) return;
    if (await this.parts.refreshToken().catch(() => true)) return {};
  }

  private fail(name: string, error: unknown): void {
    this.parts.onProblem(name, error);
    this.running.get(name)?.stop();
    this.running.delete(name);
    // Over, or too old: the workspace starts the streams again when that is no longer so.
    if (this.stopped || (error instanceof FetchError && [401, 426].includes(error.status))) return;
    if (error instanceof FetchError && error.status === 403) return this.deny(name);
    this.startLater(name, error instanceof LostTrack ? 0 : 10_000);
  }

  private startLater(name: string, delayMs: number): void {
    this.restarts.set(
      name,
      setTimeout(() => this.startTable(name), delayMs),
    );
  }

  /** Not for this person any more. The stream rests until their role changes. */
  private deny(name: string): void {
    const { round } = this;
    this.denied.add(name);
    this.empty(name, round).catch((error: unknown) => {
      if (round !== this.round) return;
      // Rows of it are left, for instance on a full disk: the server says again what is to become of them.
      this.parts.onProblem(name, error);
      this.denied.delete(name);
      this.startLater(name, 10_000);
    });
  }

  private async empty(name: string, round: number): Promise<void> {
    const { replica } = this.parts;
    const hadRows = hasRows(replica, name);
    for (const _ of emptyTable(replica, name)) {
      this.parts.onApplied();
      await this.parts.pause();
      if (round !== this.round) return;
    }
    if (hadRows) scrub(replica);
    this.parts.onApplied();
    this.startDue();
  }
}
