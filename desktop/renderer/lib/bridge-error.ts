import type { Reply } from '../../../shared/bridge/bridge-contract.ts';
import type { ErrorBody } from '../../../shared/kernel/app-error.ts';

/** A refusal of the core, for code that prefers to throw. */
export class BridgeError extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'BridgeError';
    this.body = body;
  }
}

export function unwrap<T>(reply: Reply<T>): T {
  if ('error' in reply) throw new BridgeError(reply.error);
  return reply.data;
}
