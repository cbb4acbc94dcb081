import type { Socket } from 'node:net';
import type pg from 'pg';

/** What of node-postgres' connection COPY needs; its typings leave it out. */
type Connection = {
  query: (sql: string) => void;
  stream: Socket;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
  sendCopyFail: (reason: string) => void;
};

/** The answers to a statement that every COPY has in common. */
class CopyStatement {
  readonly done: Promise<void>;
  protected connection: Connection | null = null;
  private readonly sql: string;
  private settle: { resolve: () => void; reject: (error: unknown) => void };
  private failure: unknown = null;

  constructor(sql: string) {
    this.sql = sql;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.done = promise;
    this.settle = { resolve, reject };
    // Whoever copies awaits it later.
    promise.catch(() => {});
  }

  submit(connection: unknown): void {
    this.connection = connection as Connection;
    this.connection.query(this.sql);
  }

  handleError(error: unknown): void {
    this.failure ??= error;
    // A connection that is gone says no more; one that lives becomes ready again.
    this.settle.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.settle.reject(this.failure);
    else this.settle.resolve();
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

class CopyOut extends CopyStatement {
  private readonly sink: NodeJS.WritableStream;
  private isPaused = false;

  constructor(sql: string, sink: NodeJS.WritableStream) {
    super(sql);
    this.sink = sink;
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // A copy: the bytes lie in a buffer that the next packet overwrites. What was received already is handed over all the same.
    if (this.sink.write(Buffer.from(chunk)) || this.isPaused) return;
    const socket = this.connection?.stream;
    this.isPaused = true;
    socket?.pause();
    this.sink.once('drain', () => {
      this.isPaused = false;
      socket?.resume();
    });
  }
}

class CopyIn extends CopyStatement {
  readonly open: Promise<void>;
  private begin: () => void;

  constructor(sql: string) {
    super(sql);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.open = promise;
    this.begin = resolve;
  }

  handleCopyInResponse(): void {
    this.begin();
  }

  async write(chunk: Buffer): Promise<void> {
    const socket = this.connection?.stream;
    this.connection?.sendCopyFromChunk(chunk);
    if (socket?.writableNeedDrain)
      // A statement that failed is said by `done`.
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), this.done]);
  }

  end(): Promise<void> {
    this.connection?.endCopyFrom();
    return this.done;
  }
}

/** Writes what `COPY … TO STDOUT` answers to `sink`, no faster than that takes it. Resolves when all is handed over. */
export function copyOut(client: pg.Client, sql: string, sink: NodeJS.WritableStream): Promise<void> {
  const copy = new CopyOut(sql, sink);
  client.query(copy as unknown as pg.Submittable);
  return copy.done;
}

export type CopyInto = { write: (chunk: Buffer) => Promise<void>; end: () => Promise<void> };

/** Begins `COPY … FROM STDIN`. */
export async function copyIn(client: pg.Client, sql: string): Promise<CopyInto> {
  const copy = new CopyIn(sql);
  client.query(copy as unknown as pg.Submittable);
  await Promise.race([copy.open, copy.done]);
  return copy;
}
