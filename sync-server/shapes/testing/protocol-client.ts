/** One message of the shape protocol, values as text. */
export type WireMessage = {
  key?: string;
  value?: Record<string, string | null>;
  old_value?: Record<string, string | null>;
  headers: { operation?: string; control?: string; [name: string]: unknown };
};

export type WireAnswer = { status: number; headers: Headers; messages: WireMessage[] };

/**
 * A reader of one shape that speaks the protocol with plain requests and keeps what it was told. It survives restarts of the
 * server as a desktop does: it keeps rows, handle and offset, and asks again.
 */
export class ProtocolClient {
  private readonly query: Record<string, string>;
  private readonly headers: Record<string, string>;
  private readonly signal: AbortSignal | undefined;
  url: string;
  rows = new Map<string, Record<string, string | null>>();
  handle = '';
  offset = '-1';
  cursor = '';
  /** How often it had to begin anew. */
  refetches = 0;
  upToDate = false;

  constructor(url: string, query: Record<string, string>, headers: Record<string, string> = {}, signal?: AbortSignal) {
    this.url = url;
    this.query = query;
    this.headers = headers;
    this.signal = signal;
  }

  /** Asks once, live when it was up to date, and applies the answer. Rejects when the server is away. */
  async ask(): Promise<WireAnswer> {
    const query = new URLSearchParams({ ...this.query, offset: this.offset });
    if (this.offset !== '-1') query.set('handle', this.handle);
    if (this.upToDate) {
      query.set('live', 'true');
      query.set('cursor', this.cursor);
    }
    const response = await fetch(`${this.url}?${query.toString()}`, {
      headers: this.headers,
      ...(this.signal ? { signal: this.signal } : {}),
    });
    const answer = {
      status: response.status,
      headers: response.headers,
      messages: (await response.json()) as WireMessage[],
    };
    if (answer.status === 409) this.beginAnew();
    else if (answer.status === 200) this.apply(answer);
    else throw new Error(`the shape answered ${answer.status}: ${JSON.stringify(answer.messages)}`);
    return answer;
  }

  /** Asks until `isReached`, again and again while the server is away. */
  async until(isReached: (client: this) => boolean, giveUpMs = 60_000): Promise<void> {
    const deadline = performance.now() + giveUpMs;
    while (!isReached(this)) {
      if (performance.now() > deadline) throw new Error(`not reached within ${giveUpMs} ms, at ${this.offset}`);
      await this.ask().catch(async (error: unknown) => {
        if (!(error instanceof TypeError)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
    }
  }

  private beginAnew(): void {
    this.offset = '-1';
    this.rows.clear();
    this.upToDate = false;
    this.refetches += 1;
  }

  private apply({ headers, messages }: WireAnswer): void {
    this.handle = headers.get('electric-handle') ?? '';
    this.offset = headers.get('electric-offset') ?? '';
    this.cursor = headers.get('electric-cursor') ?? '';
    this.upToDate = headers.has('electric-up-to-date');
    for (const { key = '', value = {}, headers: told } of messages) {
      if (told.operation === 'insert') this.rows.set(key, value);
      else if (told.operation === 'update') this.rows.set(key, { ...this.rows.get(key), ...value });
      else if (told.operation === 'delete') this.rows.delete(key);
    }
  }
}
