import type { Health } from './integration.ts';

/** A text to be sent. `messageId` is our own id of it; a carrier gives it back with each receipt. Numbers are E.164. */
export type OutboundText = { messageId: string; from: string; to: string; body: string };

/**
 * What became of a text handed to the carrier.
 * `sent`: taken; `vendorId` is the carrier's id of it. `retry`: certainly not taken, may be tried again.
 * `rejected`: will never be taken; `reason` is for people, `code` is the carrier's own.
 * `unknown`: the line broke after the text had left, so trying again could send it twice.
 */
export type SendOutcome =
  | { status: 'sent'; vendorId: string }
  | { status: 'retry'; reason: string }
  | { status: 'rejected'; code: string; reason: string; optedOut: boolean }
  | { status: 'unknown'; reason: string };

/**
 * Whose a number is, as far as the carrier can tell. `any`: it knows no accounts and takes every number (the sandbox).
 * `unknown`: it could not be asked; `reason` is for people.
 */
export type NumberFound = { status: 'ours' | 'not ours' | 'any' } | { status: 'unknown'; reason: string };

/** Sends texts to phones. Never throws for what the carrier or the network does: that is an outcome. */
export interface Carrier {
  readonly vendor: string;
  readonly mode: Health['mode'];
  sendText(text: OutboundText): Promise<SendOutcome>;
  /** Whether texts can be handed over now. Sends nothing and costs nothing; answers within five seconds. */
  health(): Promise<Health>;
  /** Whether texts to this number come to the account of this carrier. Answers within five seconds. */
  findNumber(e164: string): Promise<NumberFound>;
}

/** News of a text on its way. Receipts may come late, twice and out of order. */
export type Receipt = {
  vendor: string;
  vendorId: string;
  messageId: string | null;
  status: 'sent' | 'delivered' | 'failed';
  /** Why it failed, in words with the carrier's code; null otherwise. */
  failure: string | null;
  raw: Record<string, unknown>;
};

/** A text from a phone to one of our numbers. `vendorId` is the same for every delivery of the same text. */
export type InboundText = {
  vendor: string;
  vendorId: string;
  from: string;
  to: string;
  body: string;
  raw: Record<string, unknown>;
};

/** Where adapters hand what carriers tell us. Both may be called any number of times with the same news. */
export interface CarrierEvents {
  /** `repeat`: known already. `unknown number`: kept, but nobody here has the number it was sent to. */
  receiveText(text: InboundText): Promise<'stored' | 'repeat' | 'unknown number'>;
  applyReceipt(receipt: Receipt): Promise<void>;
}
