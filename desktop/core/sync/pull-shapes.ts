import { FetchError, ShapeStream, type Offset } from '@electric-sql/client';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import type { Replica } from '../replica/open-replica.ts';
import { applyBatch, fetchAnew, LostTrack, type ShapeMessage } from './apply-messages.ts';

export type PullParts = {
  replica: Replica;
  serverUrl: string;
  fetch: typeof fetch;
  accessToken: () => Promise<string>;
  /** False when the session is over: the stream rests until somebody signs in. */
  refreshToken: () => Promise<boolean>;
  /** After every applied slice and batch. */
  onApplied: () => void;
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

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One shape stream per table, each resumed from where the replica stands. */
export class PullShapes {
  private readonly parts: PullParts;
  private readonly running = new Map<string, Running>();
  private readonly restarts = new Map<string, NodeJS.Timeout>();
  private stopped = true;

  constructor(parts: PullParts) {
    this.parts = parts;
  }

  start(): void {
    this.stopped = false;
    this.startDue();
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.restarts.values()) clearTimeout(timer);
    this.restarts.clear();
    for (const { stop } of this.running.values()) stop();
    this.running.clear();
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
      if (!this.running.has(name) && !this.restarts.has(name) && this.isDue(name)) this.startTable(name);
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
    const { replica, serverUrl, fetch: send } = this.parts;
    const at = replica.sql('SELECT handle, "offset" FROM stream WHERE tbl = ?').get(name) as {
      handle: string | null;
      offset: string | null;
    };
    // A copy that never got a resume point begins again, so what it had put aside is of no use.
    if (!at.handle) replica.tx(() => void replica.sql(`DELETE FROM ${name}__stage`).run());
    const aborter = new AbortController();
    const own: Running = { stop: () => aborter.abort(), failing: false, refresh: () => {} };
    this.running.set(name, own);
    const stream = new ShapeStream({
      url: `${serverUrl}/api/shapes/${name}`,
      headers: { Authorization: async () => `Bearer ${await this.parts.accessToken()}` },
      signal: aborter.signal,
      parser: PARSER,
      ...(at.handle && at.offset ? { handle: at.handle, offset: at.offset as Offset } : {}),
      backoffOptions: { initialDelay: 1_000, maxDelay: 30_000, multiplier: 2 },
      warnOnHttp: false,
      fetchClient: async (input, init) => {
        try {
          const response = await send(input, init);
          own.failing = response.status >= 500;
          return response;
        } catch (error) {
          own.failing = true;
          throw error;
        }
      },
      onError: (error) => this.mayGoOn(error),
    });
    own.refresh = () => void stream.forceDisconnectAndRefresh().catch(() => {});
    stream.subscribe(
      async (messages) => {
        if (aborter.signal.aborted) return;
        await this.take(name, stream, messages as ShapeMessage[], aborter.signal);
      },
      (error) => {
        if (!aborter.signal.aborted) this.fail(name, error);
      },
    );
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
      await applyBatch(this.parts.replica, name, messages, resume, async () => {
        this.parts.onApplied();
        await breathe();
        signal.throwIfAborted();
      });
      this.parts.onApplied();
      this.startDue();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof LostTrack) fetchAnew(this.parts.replica, name);
      this.fail(name, error);
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
    if (this.stopped || (error instanceof FetchError && error.status === 401)) return;
    const delayMs = error instanceof LostTrack ? 0 : 10_000;
    this.restarts.set(
      name,
      setTimeout(() => this.startTable(name), delayMs),
    );
  }
}
