import { AppError, type ErrorCode } from '../../../shared/kernel/app-error.ts';
import type { Now } from '../../../shared/kernel/instant.ts';
import {
  findSkew,
  OLDEST_SERVER,
  parseRange,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  type ProtocolRange,
  type Skew,
} from '../../../shared/protocol/protocol-version.ts';

const CODES: Record<number, ErrorCode> = {
  400: 'invalid_input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'limit_reached',
  422: 'invalid_input',
  429: 'limit_reached',
  503: 'unavailable',
};

const FIRST_PROBE_MS = 1_000;
const LAST_PROBE_MS = 15_000;

/**
 * The one way to the server. Every request tells whether the server is in reach:
 *
 *   unknown ── any answer ──▶ online ── failed, or 502 to 504 ──▶ offline ── any answer ──▶ online
 *
 * Out of reach it is asked again by itself: the streams' own long polls would say only after 20 seconds that they get through.
 */
export class ServerLine {
  readonly serverUrl: string;
  lastHeardAt: number | null = null;
  /** When a shape last answered with what it has: of then is the data here. A refusal tells nothing about that. */
  lastFedAt: number | null = null;
  offlineSince: number | null = null;
  /** What the server said last that it speaks; null before it did. */
  protocol: ProtocolRange | null = null;
  private readonly now: Now;
  private readonly onChange: (now: 'online' | 'offline' | 'same') => void;
  private probing: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(serverUrl: string, now: Now, onChange: (change: 'online' | 'offline' | 'same') => void) {
    this.serverUrl = serverUrl.replace(/\/$/, '');
    this.now = now;
    this.onChange = onChange;
  }

  /** Which side has to be updated before data flows. */
  get skew(): Skew | null {
    return this.protocol && findSkew(this.protocol, PROTOCOL_VERSION, OLDEST_SERVER);
  }

  /** In which version this app's writes are sent: an older server than this app is spoken to in its own. */
  get speaks(): number {
    return Math.min(PROTOCOL_VERSION, Math.max(OLDEST_SERVER, this.protocol?.current ?? PROTOCOL_VERSION));
  }

  /** `fetch` that listens to the line, and tells who asks. */
  readonly fetch: typeof fetch = async (input, init) => {
    try {
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
      headers.set(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
      const response = await fetch(input, { ...init, headers });
      // A proxy in between says nothing of it, and changes nothing.
      this.protocol = parseRange(response.headers.get(PROTOCOL_HEADER)) ?? this.protocol;
      // A proxy that answers for a dead server is no server.
      if ([502, 503, 504].includes(response.status)) this.failed();
      else this.heard();
      if (response.ok && urlOf(input).includes('/api/shapes/')) this.lastFedAt = this.now();
      return response;
    } catch (error) {
      // Given up because nobody wants the answer any more, or because it never came.
      if (!init?.signal?.aborted || isTimeout(init.signal.reason)) this.failed();
      throw error;
    }
  };

  private heard(): void {
    const wasOffline = this.offlineSince !== null || this.lastHeardAt === null;
    this.lastHeardAt = this.now();
    this.offlineSince = null;
    clearTimeout(this.probing);
    this.onChange(wasOffline ? 'online' : 'same');
  }

  private failed(): void {
    if (this.offlineSince !== null) return;
    this.offlineSince = this.now();
    this.probe(FIRST_PROBE_MS);
    this.onChange('offline');
  }

  /** No two desktops of an office at the same moment. */
  private probe(delayMs: number): void {
    this.probing = setTimeout(() => void this.askAgain(delayMs), delayMs * (0.5 + Math.random() / 2));
    // Nobody waits for this alone.
    this.probing.unref();
  }

  /** Any answer tells what there is to know. */
  async ask(): Promise<void> {
    await this.fetch(`${this.serverUrl}/readyz`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  }

  private async askAgain(delayMs: number): Promise<void> {
    await this.ask();
    if (this.offlineSince !== null && !this.stopped) this.probe(Math.min(LAST_PROBE_MS, delayMs * 2));
  }

  /** Asks no more by itself. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.probing);
  }

  /** Sends JSON and answers `data`. Throws an `AppError` with the server's own words, or `unavailable`. */
  async post(path: string, body: unknown, token?: string, signal?: AbortSignal): Promise<unknown> {
    const answer = await this.send(path, { method: 'POST', body: JSON.stringify(body) }, token, signal);
    return answer && typeof answer === 'object' && 'data' in answer ? answer.data : answer;
  }

  /** The whole answer of a list: its rows are `data`, beside `page` and `total`. */
  get(path: string, token: string): Promise<unknown> {
    return this.send(path, { method: 'GET' }, token);
  }

  /** The whole answer of any request. */
  request(method: string, path: string, body?: unknown, token?: string): Promise<unknown> {
    return this.send(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, token);
  }

  private async send(path: string, init: RequestInit, token?: string, signal?: AbortSignal): Promise<unknown> {
    const response = await this.fetch(`${this.serverUrl}${path}`, {
      ...init,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      signal: AbortSignal.any([AbortSignal.timeout(60_000), ...(signal ? [signal] : [])]),
    }).catch(() => {
      throw new AppError(
        'unavailable',
        'The server is out of reach. Nothing was lost. Check the connection and try again.',
      );
    });
    const answer = (await response.json().catch(() => null)) as {
      data?: unknown;
      error?: { code?: ErrorCode; message?: string; details?: Record<string, unknown> };
    } | null;
    if (response.ok) return answer;
    // A proxy in between may have a limit of its own, and no words.
    const tooLarge = response.status === 413 ? { reason: 'too_large' } : undefined;
    const { code, message, details = tooLarge } = answer?.error ?? {};
    throw new AppError(
      code ?? CODES[response.status] ?? 'unavailable',
      message ?? `The server answered with an error (${response.status}). Nothing was lost. Try again later.`,
      details,
    );
  }
}

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';

const urlOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : String(input));
