/** Every way a request can fail, as a closed union. What exactly went wrong belongs in `details`. */
export type ErrorCode =
  | 'invalid_input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limit_reached'
  | 'not_allowed_now'
  | 'unavailable'
  | 'internal';

export type ErrorBody = { code: ErrorCode; message: string; details?: Record<string, unknown> };

/**
 * The one error that verbs and handlers throw. `message` is written for the person who reads it:
 * what happened, what became of their work, what to do.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  /** The error as it crosses HTTP or the bridge. */
  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) };
  }
}
