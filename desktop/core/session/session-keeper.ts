import { session as sessionSchema, type Identity } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Now } from '../../../shared/kernel/instant.ts';
import { z } from 'zod';
import type { ServerLine } from './server-line.ts';
import type { SecretStore } from './secret-store.ts';

const kept = sessionSchema.extend({ expired: z.boolean().default(false) });
type Kept = z.output<typeof kept>;

const REFRESH_BEFORE_MS = 60_000;
/** For how long a token counts as good that seems over the moment it is issued: the clock of this computer is ahead. */
const GOOD_IN_SPITE_MS = 600_000;

/**
 * The tokens of the signed-in person.
 *
 *   none ── signIn/signUp ──▶ live ── refresh refused ──▶ expired ── signIn ──▶ live
 *     ▲                        │                            │
 *     └── end, or removed ─────┴────────────────────────────┘
 *
 * An expired session keeps its identity: the replica stays open and editable, only the line is closed.
 * A person who was removed from the workspace has no session any more, and nothing to see here.
 */
export class SessionKeeper {
  private current: Kept | null = null;
  private refreshing: Promise<boolean> | null = null;
  /** When to renew next, where the server's own time of that makes no sense here. */
  private renewAt: number | null = null;
  private readonly line: ServerLine;
  private readonly secrets: SecretStore;
  private readonly now: Now;
  private readonly onChange: () => void;
  private readonly onRemoved: () => void;
  private readonly onWipe: (refreshToken: string) => void;
  private readonly device: { platform: string; appVersion: string };

  constructor(parts: {
    line: ServerLine;
    secrets: SecretStore;
    now: Now;
    onChange: () => void;
    /** The server no longer knows this person. The session is as it was: the caller ends it with `forget`. */
    onRemoved: () => void;
    /** Somebody asked for this computer to be wiped; the token is what it can confirm that with. */
    onWipe: (refreshToken: string) => void;
    device: { platform: string; appVersion: string };
  }) {
    this.line = parts.line;
    this.secrets = parts.secrets;
    this.now = parts.now;
    this.onChange = parts.onChange;
    this.onRemoved = parts.onRemoved;
    this.onWipe = parts.onWipe;
    this.device = parts.device;
  }

  get session(): Kept | null {
    return this.current;
  }

  async load(): Promise<void> {
    const secret = await this.secrets.read();
    if (!secret) return;
    try {
      this.current = kept.parse(JSON.parse(secret));
    } catch {
      // A file we cannot read is as good as none: the person signs in again.
      await this.secrets.clear();
    }
  }

  /** The tokens are of no more use: only a new sign-in helps. The identity stays. */
  async expire(): Promise<void> {
    if (this.current) await this.keep({ ...this.current, expired: true });
  }

  /** `path` below `/api/auth`: sign-in, sign-up, an invitation, the second step of a sign-in. */
  async open(path: string, request: Record<string, unknown>): Promise<{ identity: Identity; answer: unknown }> {
    const answer = await this.line.post(`/api/auth/${path}`, { ...this.device, ...request }).catch((error: unknown) => {
      if (isWipe(error)) this.onWipe(this.current?.refreshToken ?? '');
      throw error;
    });
    const session = sessionSchema.parse(answer);
    await this.keep({ ...session, expired: false });
    return { identity: session.identity, answer };
  }

  /** Tells the server if it is in reach, and forgets the tokens either way. */
  async end(): Promise<void> {
    const refreshToken = this.current?.refreshToken;
    await this.forget();
    if (!refreshToken) return;
    // A server that does not answer must not hold anybody back: the tokens here are gone already.
    const patience = AbortSignal.timeout(3_000);
    await this.line.post('/api/auth/sign-out', { refreshToken }, undefined, patience).catch(() => null);
  }

  /** Forgets the tokens without a word to the server. */
  async forget(): Promise<void> {
    this.current = null;
    await this.secrets.clear();
  }

  /** A token good for at least a minute where that can be had; else the last one known. */
  async accessToken(): Promise<string> {
    const { current } = this;
    if (!current) throw new AppError('unauthenticated', 'Nobody is signed in.');
    const renewAt = this.renewAt ?? current.accessExpiresAt - REFRESH_BEFORE_MS;
    if (!current.expired && renewAt < this.now())
      // Out of reach: the request that wanted the token will find that out by itself.
      await this.refresh().catch(() => false);
    return this.current?.accessToken ?? '';
  }

  /** One refresh at a time for all who ask. False when the server ended the session; throws when it is out of reach. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.refreshOnce().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async refreshOnce(): Promise<boolean> {
    const { current } = this;
    if (!current || current.expired) return false;
    try {
      const answer = await this.line.post('/api/auth/refresh', { refreshToken: current.refreshToken, ...this.device });
      if (this.current !== current) return false;
      const session = sessionSchema.parse(answer);
      const seemsOver = session.accessExpiresAt - this.now() < REFRESH_BEFORE_MS;
      this.renewAt = seemsOver ? this.now() + GOOD_IN_SPITE_MS : null;
      await this.keep({ ...session, expired: false });
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error;
      if (this.current !== current) return false;
      if (isWipe(error)) this.onWipe(current.refreshToken);
      else if (error.details?.['reason'] === 'removed') this.onRemoved();
      else await this.expire();
      return false;
    }
  }

  private async keep(session: Kept): Promise<void> {
    this.current = session;
    await this.secrets.write(JSON.stringify(session));
    this.onChange();
  }
}

const isWipe = (error: unknown): boolean => error instanceof AppError && error.details?.['reason'] === 'wiped';
