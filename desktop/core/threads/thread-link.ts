import type { MessagePort, Worker } from 'node:worker_threads';
import { AppError, type ErrorBody } from '../../../shared/kernel/app-error.ts';

type Envelope =
  | { kind: 'call'; id: number; method: string; args: unknown }
  | { kind: 'answer'; id: number; data: unknown }
  | { kind: 'failure'; id: number; error: ErrorBody; stack?: string }
  | { kind: 'event'; topic: string; payload: unknown };

export type LinkHandlers = {
  /** Answers a call of the other side. What it throws arrives there as an `AppError`. */
  answer: (method: string, args: unknown) => unknown;
  hear?: (topic: string, payload: unknown) => void;
  /** A failure that is nobody's fault but ours. */
  onBug?: (error: unknown) => void;
};

/** Calls and events between two threads. Both sides may ask. */
export class ThreadLink {
  private readonly port: MessagePort | Worker;
  private readonly handlers: LinkHandlers;
  private readonly waiting = new Map<number, { resolve: (data: unknown) => void; reject: (error: Error) => void }>();
  private lastId = 0;
  private ended: Error | null = null;

  constructor(port: MessagePort | Worker, handlers: LinkHandlers) {
    this.port = port;
    this.handlers = handlers;
    // Both ports are event emitters; their typings only differ in the other events.
    (port as MessagePort).on('message', (message: Envelope) => this.receive(message));
  }

  call(method: string, args: unknown): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.post({ kind: 'call', id, method, args });
    });
  }

  tell(topic: string, payload: unknown): void {
    this.post({ kind: 'event', topic, payload });
  }

  /** The other side is gone: nobody may wait for it for ever, nor ask it anything more. */
  fail(error: Error): void {
    this.ended = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private post(message: Envelope): void {
    this.port.postMessage(message);
  }

  private receive(message: Envelope): void {
    if (message.kind === 'event') return this.handlers.hear?.(message.topic, message.payload);
    if (message.kind === 'call') return void this.respond(message.id, message.method, message.args);
    const one = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'answer') one?.resolve(message.data);
    else one?.reject(new AppError(message.error.code, message.error.message, message.error.details));
  }

  private async respond(id: number, method: string, args: unknown): Promise<void> {
    try {
      this.post({ kind: 'answer', id, data: await this.handlers.answer(method, args) });
    } catch (error) {
      if (!(error instanceof AppError)) this.handlers.onBug?.(error);
      this.post({ kind: 'failure', id, error: toErrorBody(error) });
    }
  }
}

/** Any error as it crosses a thread or the bridge. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody();
  if (error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC'))
    return {
      code: 'limit_reached',
      message: 'The disk is full, so this was not saved. What was saved before is safe. Free some space and try again.',
    };
  return {
    code: 'internal',
    message: 'Something went wrong inside Switchboard, so this was not done. What was saved before is safe. Try again.',
    details: { cause: error instanceof Error ? error.message : String(error) },
  };
}
