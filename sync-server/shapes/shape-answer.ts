import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { LiveShape } from './log/live-shape.ts';
import type { LogPosition, ShapeLog } from './log/shape-log.ts';
import type { ShapeSnapshot } from './log/shape-snapshot.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { chunkOffset, logOffset, nextCursor, readShapeRequest, type ShapeRequest } from './shape-request.ts';

const LONG_POLL_MS = 20_000;
/** How long a position that is ahead of the log may be the database's and not a client's mistake. */
const CATCH_UP_MS = 5_000;

/** What answers tell caches. Null: nothing, because the shape is one person's and the route has said no-store. */
export type CacheTimes = { readonly maxAgeSeconds: number; readonly staleSeconds: number } | null;

export type AnswerParts = {
  readonly log: ShapeLog;
  readonly cache: CacheTimes;
  readonly now: () => number;
};

/** Answers one request of the shape protocol from the shape log. */
export async function answerShape(
  parts: AnswerParts,
  definition: ShapeDefinition,
  query: Record<string, unknown>,
  res: Response,
): Promise<void> {
  const request = readShapeRequest(query);
  if ('errors' in request) {
    res.status(400).setHeader('cache-control', 'no-store');
    res.json({ message: 'Invalid request', errors: request.errors });
    return;
  }
  await new ShapeAnswer(parts, definition, request, res).send();
}

type Found = { readonly shape: LiveShape; readonly handle: string; readonly snapshot: ShapeSnapshot | null };

class ShapeAnswer {
  private readonly log: ShapeLog;
  private readonly cache: CacheTimes;
  private readonly now: () => number;
  private readonly definition: ShapeDefinition;
  private readonly request: ShapeRequest;
  private readonly res: Response;

  constructor({ log, cache, now }: AnswerParts, definition: ShapeDefinition, request: ShapeRequest, res: Response) {
    this.log = log;
    this.cache = cache;
    this.now = now;
    this.definition = definition;
    this.request = request;
    this.res = res;
  }

  async send(): Promise<void> {
    const { offset, handle } = this.request;
    const shape = await this.log.open(this.definition);
    if (offset.at === 'start') return this.sendChunk(this.begin(shape), 0);
    if (offset.at === 'now')
      return this.sendLog({ shape, handle: this.freshHandle(shape, 0), snapshot: null }, this.log.head);
    const number = shape.readHandle(handle);
    if (number === null) return this.refetch();
    const found = { shape, handle, snapshot: this.log.findSnapshot(shape, number) };
    if (offset.at === 'chunk') return found.snapshot ? this.sendChunk(found, offset.next) : this.refetch();
    await this.log.waitForWal(offset.lsn, this.closeOr(CATCH_UP_MS));
    return this.log.reaches(shape, offset) ? this.sendLog(found, offset) : this.refetch();
  }

  /** Where a client starts: the newest snapshot, under a handle that it has not given up. */
  private begin(shape: LiveShape): Found {
    const { handle: asked, expiredHandle } = this.request;
    const snapshot = this.log.snapshotFor(shape);
    if (asked !== expiredHandle && shape.readHandle(asked) === snapshot.number)
      return { shape, handle: asked, snapshot };
    return { shape, handle: this.freshHandle(shape, snapshot.number), snapshot };
  }

  /** A handle of this snapshot that the client has not given up. Who wants no rows gets one of snapshot 0, which there never is. */
  private freshHandle(shape: LiveShape, snapshot: number): string {
    const handle = shape.handleOf(snapshot);
    const { handle: asked, expiredHandle, offset } = this.request;
    const isRefused = handle === expiredHandle || (handle === asked && offset.at !== 'start' && offset.at !== 'now');
    return isRefused ? shape.handleOf(snapshot, this.now() * 1000 + Math.floor(Math.random() * 1000)) : handle;
  }

  private async sendChunk(found: Found & { snapshot: ShapeSnapshot | null }, chunk: number): Promise<void> {
    const { shape, handle, snapshot } = found;
    if (!snapshot) return this.refetch();
    const file = await snapshot.chunkFile(chunk).catch((error: unknown) => {
      if (shape.dropped) return undefined;
      throw error;
    });
    if (file === undefined) return this.refetch();
    if (file === null)
      return this.log.reaches(shape, snapshot.start) ? this.sendLog(found, snapshot.start) : this.refetch();
    if (this.isKnown(shape, handle, chunkOffset(chunk), chunk === 0 ? 'first' : 'more')) return;
    this.res.setHeader('content-length', (await stat(file)).size);
    // A client that goes away mid-answer (it prefetches and drops chunks) is no error.
    await pipeline(createReadStream(file), this.res).catch(() => {});
  }

  private async sendLog({ shape, handle, snapshot }: Found, from: LogPosition): Promise<void> {
    let read = this.log.readAfter(shape, from, snapshot);
    if (this.request.live && !read.moved) {
      const closed = this.closeOr(LONG_POLL_MS);
      const { woken } = shape;
      // What wakes us may be a transaction that the client's snapshot contains already.
      while (!read.moved && !closed.aborted && !this.log.stopped && !shape.dropped && shape.woken === woken) {
        await shape.waitForChange(closed);
        read = this.log.readAfter(shape, from, snapshot);
      }
      if (this.res.destroyed) return;
    }
    if (shape.dropped) return this.refetch();
    const messages = [...read.messages];
    if (read.upToDate) {
      messages.push(`{"headers":{"control":"up-to-date","global_last_seen_lsn":"${read.seen}"}}`);
      this.res.setHeader('electric-up-to-date', '');
    }
    this.res.setHeader('electric-has-data', String(read.moved));
    const again = read.moved ? '' : `:${read.seen}`;
    if (this.isKnown(shape, handle, logOffset(read.end), this.request.live ? 'live' : 'more', again)) return;
    this.res.end(`[${messages.join(',')}]`);
  }

  private closeOr(milliseconds: number): AbortSignal {
    const closed = new AbortController();
    const timer = setTimeout(() => closed.abort(), milliseconds);
    this.res.once('close', () => {
      clearTimeout(timer);
      closed.abort();
    });
    return closed.signal;
  }

  /** Writes the protocol's headers. Answers whether the client has this very body already, and then has sent 304. */
  private isKnown(
    shape: LiveShape,
    handle: string,
    offset: string,
    kind: 'first' | 'more' | 'live',
    again = '',
  ): boolean {
    const etag = `"${handle}:${this.request.offsetText}:${offset}${again}"`;
    this.res.setHeader('content-type', 'application/json; charset=utf-8');
    this.res.setHeader('electric-handle', handle);
    this.res.setHeader('electric-offset', offset);
    this.res.setHeader('etag', etag);
    if (this.request.live)
      this.res.setHeader('electric-cursor', nextCursor(this.request.cursor, this.now(), LONG_POLL_MS / 1000));
    else this.res.setHeader('electric-schema', shape.schemaText);
    if (this.cache) this.res.setHeader('cache-control', cacheControl(kind, this.cache));
    if (this.res.req.headers['if-none-match'] !== etag) return false;
    this.res.status(304).end();
    return true;
  }

  /** Tells the client to begin anew, under a handle that it does not know. */
  private async refetch(): Promise<void> {
    const shape = await this.log.open(this.definition);
    this.res.status(409);
    this.res.setHeader('electric-handle', this.freshHandle(shape, this.log.snapshotFor(shape).number));
    if (this.cache) this.res.setHeader('cache-control', 'public, max-age=60, must-revalidate');
    this.res.json([{ headers: { control: 'must-refetch' } }]);
  }
}

/** The protocol's cache times (Electric 1.7): a first chunk never changes under its handle, a live answer is only shared by those who wait. */
function cacheControl(
  kind: 'first' | 'more' | 'live',
  { maxAgeSeconds, staleSeconds }: NonNullable<CacheTimes>,
): string {
  if (kind === 'first') return 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746';
  if (kind === 'live') return 'public, max-age=5, stale-while-revalidate=5';
  return `public, max-age=${maxAgeSeconds}, stale-while-revalidate=${staleSeconds}`;
}
