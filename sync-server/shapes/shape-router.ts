import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { ShapeLog } from './shape-log.ts';
import {
  chunkOffset,
  logOffset,
  nextCursor,
  readShapeRequest,
  type ShapeOffset,
  type ShapeRequest,
} from './shape-request.ts';
import { defineShape, type ShapeDefinition, type ShapeReader, type ShapeRule } from './shape-rule.ts';
import type { ShapeSnapshot } from './shape-snapshot.ts';

const LONG_POLL_MS = 20_000;

/** Serves one request for a shape that we have already defined for this reader. */
export type ShapeSource = (definition: ShapeDefinition, req: Request, res: Response) => Promise<void>;

/**
 * `GET /<name>`: the shape of that name for whoever asks. The definition is ours alone: of the client's query only the protocol's
 * own parameters (offset, handle, live, cursor) are looked at.
 */
export function createShapeRouter(options: {
  rules: readonly ShapeRule[];
  reader: (req: Request) => ShapeReader | Promise<ShapeReader>;
  source: ShapeSource;
}): Router {
  const router = Router();
  router.get('/:name', async (req, res) => {
    const reader = await options.reader(req);
    const definition = defineShape(options.rules, String(req.params['name']), reader);
    if (!definition) throw new AppError('not_found', 'There is nothing of that name to sync.');
    res.setHeader('cache-control', 'no-store');
    res.setHeader('vary', 'authorization');
    await options.source(definition, req, res);
  });
  return router;
}

/** Answers from the embedded shape log. */
export const embeddedSource =
  (log: ShapeLog, now: () => number = Date.now): ShapeSource =>
  async (definition, req, res) => {
    const request = readShapeRequest(req.query);
    if ('errors' in request) {
      res.status(400).json({ message: 'Invalid request', errors: request.errors });
      return;
    }
    await new ShapeAnswer(log, definition, request, res, now).send();
  };

class ShapeAnswer {
  private readonly log: ShapeLog;
  private readonly definition: ShapeDefinition;
  private readonly request: ShapeRequest;
  private readonly res: Response;
  private readonly now: () => number;

  constructor(log: ShapeLog, definition: ShapeDefinition, request: ShapeRequest, res: Response, now: () => number) {
    this.log = log;
    this.definition = definition;
    this.request = request;
    this.res = res;
    this.now = now;
  }

  async send(): Promise<void> {
    const { offset, handle } = this.request;
    const isCurrent = this.log.isCurrent(this.definition, handle);
    if (offset.at === 'start') {
      const current = isCurrent ? handle : this.log.newHandle(this.definition);
      return this.sendChunk(current, this.log.snapshotFor(this.definition), 0);
    }
    if (!isCurrent) return this.refetch();
    if (offset.at === 'chunk') {
      const snapshot = this.log.findSnapshot(this.definition, offset.snapshot);
      return snapshot ? this.sendChunk(handle, snapshot, offset.chunk) : this.refetch();
    }
    return this.log.reaches(offset.lsn) ? this.sendLog(handle, offset) : this.refetch();
  }

  private async sendChunk(handle: string, snapshot: ShapeSnapshot, chunk: number): Promise<void> {
    const file = await snapshot.chunkFile(chunk);
    if (!file)
      return this.sendLog(handle, {
        at: 'log',
        lsn: snapshot.startLsn,
        op: Number.MAX_SAFE_INTEGER,
        fromSnapshot: true,
      });
    this.head(handle, chunkOffset(snapshot.number, chunk + 1));
    this.res.setHeader('content-length', (await stat(file)).size);
    // A client that goes away mid-answer (it prefetches and drops chunks) is no error.
    await pipeline(createReadStream(file), this.res).catch(() => {});
  }

  private async sendLog(handle: string, offset: Extract<ShapeOffset, { at: 'log' }>): Promise<void> {
    let read = this.log.readAfter(this.definition, offset, offset.fromSnapshot);
    if (this.request.live && read.messages.length === 0) {
      const closed = this.closeOrTimeout();
      // What wakes us may be a transaction that the client's snapshot contains already.
      while (read.messages.length === 0 && !closed.aborted) {
        await this.log.waitForChange(this.definition, closed);
        if (!this.log.isCurrent(this.definition, handle)) return this.refetch();
        read = this.log.readAfter(this.definition, offset, offset.fromSnapshot);
        if (this.log.stopped) break;
      }
      if (this.res.destroyed) return;
    }
    const messages = [...read.messages];
    if (read.upToDate) {
      messages.push(`{"headers":{"control":"up-to-date","global_last_seen_lsn":"${read.seen}"}}`);
      this.res.setHeader('electric-up-to-date', '');
    }
    this.res.setHeader('electric-has-data', String(read.moved));
    this.head(handle, logOffset(read.end));
    this.res.end(`[${messages.join(',')}]`);
  }

  private closeOrTimeout(): AbortSignal {
    const closed = new AbortController();
    const timer = setTimeout(() => closed.abort(), LONG_POLL_MS);
    this.res.once('close', () => {
      clearTimeout(timer);
      closed.abort();
    });
    return closed.signal;
  }

  private head(handle: string, offset: string): void {
    this.res.setHeader('content-type', 'application/json; charset=utf-8');
    this.res.setHeader('electric-handle', handle);
    this.res.setHeader('electric-offset', offset);
    if (this.request.live)
      this.res.setHeader('electric-cursor', nextCursor(this.request.cursor, this.now(), LONG_POLL_MS / 1000));
    else this.res.setHeader('electric-schema', JSON.stringify(this.log.schemaOf(this.definition)));
  }

  private refetch(): void {
    this.res.status(409);
    this.res.setHeader('electric-handle', this.log.newHandle(this.definition));
    this.res.json([{ headers: { control: 'must-refetch' } }]);
  }
}
