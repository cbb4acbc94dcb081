import { AppError } from '../../../shared/kernel/app-error.ts';
import { pushReply, type PushResult } from '../../../shared/protocol/push.ts';
import type { Replica } from '../replica/open-replica.ts';
import { confirmAll } from './confirm.ts';
import { Naming } from './dependants.ts';
import {
  forgetEnded,
  markAccepted,
  markRefused,
  refuseWrite,
  takeEnded,
  takeForPush,
  type OutgoingWrite,
} from './outbox.ts';

export type PushParts = {
  replica: Replica;
  deviceId: string;
  /** In which version the server is spoken to. */
  protocol: () => number;
  send: (body: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Nothing gets through now, as somebody else found out: nothing is tried, so what waits can still be taken back. */
  isOffline?: () => boolean;
  refreshToken: () => Promise<boolean>;
  onDecided: () => void;
  onProblem: (error: unknown) => void;
  random: () => number;
};

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Sends the outbox, one request at a time, in order.
 *
 *   idle ── something is queued ──▶ sending ── all decided ──▶ idle
 *                                     │  ▲
 *                    failed or retry  ▼  │ after 1 s, 2 s, … 30 s, or when woken
 *                                    waiting
 */
export class PushOutbox {
  private readonly parts: PushParts;
  private state: 'idle' | 'sending' | 'waiting' = 'idle';
  private again = false;
  private failures = 0;
  /** Fewer writes a request than usual, while one that cannot be read is being looked for. */
  private most: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly aborter = new AbortController();

  constructor(parts: PushParts) {
    this.parts = parts;
  }

  /** Something was queued, the line is back, or a person asks. `force` cuts a wait short. */
  wake(force: boolean): void {
    if (this.aborter.signal.aborted) return;
    if (this.state === 'sending') this.again = true;
    else if (this.state === 'idle' || force) {
      if (force) this.failures = 0;
      clearTimeout(this.timer);
      this.state = 'sending';
      void this.sendAll();
    }
  }

  stop(): void {
    this.aborter.abort();
    clearTimeout(this.timer);
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      this.again = false;
      const outcome = await this.sendOnce().catch((error: unknown) => {
        // What cannot be given back, on a full disk, is tried again like anything else.
        this.parts.onProblem(error);
        return 'later' as const;
      });
      if (this.aborter.signal.aborted) return;
      if (outcome === 'more') continue;
      // Woken meanwhile, by a new write or a new session: what this attempt met may be over.
      if (this.again && outcome !== 'later') continue;
      if (outcome === 'empty') {
        this.state = 'idle';
        return;
      }
      this.state = 'waiting';
      if (outcome === 'rest') return;
      const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures);
      this.failures += 1;
      this.timer = setTimeout(() => this.wakeFromWait(), ceiling / 2 + (this.parts.random() * ceiling) / 2);
      return;
    }
  }

  private wakeFromWait(): void {
    if (this.state !== 'waiting') return;
    this.state = 'sending';
    void this.sendAll();
  }

  /** `rest`: the session is over, so only a new sign-in makes another attempt worth while. */
  private async sendOnce(): Promise<'empty' | 'more' | 'later' | 'rest'> {
    const { replica, onDecided } = this.parts;
    let writes: OutgoingWrite[] = [];
    if (this.parts.isOffline?.()) return 'later';
    try {
      writes = takeForPush(replica, this.most);
      if (writes.length === 0) return 'empty';
      const results = await this.send(writes);
      this.most = undefined;
      decideAll(replica, results);
      onDecided();
      const wantsRetry = results.length === 0 || results.some(({ status }) => status === 'retry');
      if (!wantsRetry) this.failures = 0;
      return wantsRetry ? 'later' : 'more';
    } catch (error) {
      return this.failed(error, writes);
    }
  }

  private async send(writes: OutgoingWrite[]): Promise<PushResult[]> {
    const { replica, deviceId, protocol, send } = this.parts;
    const ended = takeEnded(replica);
    const body = { protocol: protocol(), deviceId, writes, ...(ended.length > 0 ? { ended } : {}) };
    const { results } = pushReply.parse(await send(body, this.aborter.signal));
    if (ended.length > 0) forgetEnded(replica, ended);
    return results;
  }

  private async failed(error: unknown, writes: readonly OutgoingWrite[]): Promise<'more' | 'later' | 'rest'> {
    const { replica, refreshToken, onDecided, onProblem } = this.parts;
    if (this.aborter.signal.aborted) return 'rest';
    const code = error instanceof AppError ? error.code : null;
    if (code === 'unauthenticated')
      return refreshToken().then(
        (refreshed) => (refreshed ? 'later' : 'rest'),
        () => 'later',
      );
    onProblem(error);
    // A request that the server will not even read: the write it chokes on is found by sending fewer, and is given back alone.
    if (error instanceof AppError && (code === 'invalid_input' || error.details?.['reason'] === 'too_large')) {
      const [only] = writes;
      if (writes.length > 1) this.most = Math.ceil(writes.length / 2);
      else if (only) {
        refuseWrite(replica, only.writeId, { code: 'invalid_input', message: error.message, details: error.details });
        this.most = undefined;
        onDecided();
      }
      return 'more';
    }
    return 'later';
  }
}

/** All decisions of an answer at once: ending writes one by one would look through the outbox for each of them. */
function decideAll(replica: Replica, results: readonly PushResult[]): void {
  replica.tx(() => {
    const naming = new Naming(replica);
    for (const result of results) {
      if (result.status === 'accepted') markAccepted(replica, result.writeId, Number(result.commitLsn), false);
      else if (result.status === 'refused')
        markRefused(
          replica,
          result.writeId,
          { code: result.code, message: result.message, details: result.details },
          naming,
        );
    }
    confirmAll(replica);
  });
}
