import type { Look } from '../db/act.ts';

/** How an outside system stands. `sandbox`: the embedded stand-in that needs no account. `message` says what is wrong, for people. */
export type Health = { mode: 'live' | 'sandbox' | 'off'; ok: boolean; message: string | null };

/** An outside system as administrators see it: what it is called, whether it works, and a test over it. Never throws for what it does. */
export interface Integration {
  readonly name: string;
  readonly mode: Health['mode'];
  health(): Promise<Health>;
  /** Sends something small to `to`, an address of its kind. Throws `invalid_input` for what is none. Sends within no transaction. */
  sendTest(look: Look, to: string): Promise<{ accepted: boolean; message: string | null }>;
}

export type IntegrationKey = 'carrier' | 'mail';
export type Integrations = Readonly<Record<IntegrationKey, Integration>>;
