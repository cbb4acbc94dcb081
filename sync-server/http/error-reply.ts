import type { ErrorRequestHandler, Response } from 'express';
// `req.log` is declared there.
import type {} from 'pino-http';
import { ZodError } from 'zod';
import { AppError, type ErrorBody, type ErrorCode } from '../../shared/kernel/app-error.ts';
import { toAppError } from '../db/database-error.ts';

const STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  not_allowed_now: 422,
  limit_reached: 429,
  internal: 500,
  unavailable: 503,
};

/** What zod found wrong, as one refusal that names each field. */
export function invalidInput(error: ZodError): AppError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join('.') || 'body'] ??= issue.message;
  const [field, message] = Object.entries(fields)[0] ?? ['body', 'not understood'];
  const rest = Object.keys(fields).length - 1;
  const others = rest > 0 ? ` (and ${rest} more)` : '';
  return new AppError('invalid_input', `Nothing was changed: ${field}: ${message}${others}.`, { fields });
}

/** An error of express or a body parser: it brings its own HTTP status. */
type HttpError = Error & { status: number; type?: string; limit?: number };

const isHttpError = (error: unknown): error is HttpError =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;

function describeHttpError(error: HttpError): ErrorBody {
  if (error.status === 413)
    return {
      code: 'invalid_input',
      message: 'This is more than one request may carry. Nothing was changed; send it in smaller parts.',
      details: { reason: 'too_large', ...(error.limit === undefined ? {} : { limitBytes: error.limit }) },
    };
  if (error.type === 'entity.parse.failed')
    return { code: 'invalid_input', message: 'The body is not valid JSON. Nothing was changed.' };
  return { code: 'invalid_input', message: 'The request could not be read. Nothing was changed.' };
}

/** Who watches the log wants to see who knocks. */
const NOTABLE: ReadonlySet<ErrorCode> = new Set(['unauthenticated', 'forbidden', 'limit_reached']);

/** The one place where errors become HTTP. What is unexpected goes to the log, never to the client. */
export function replyWithError(res: Response, error: unknown): void {
  if (isHttpError(error)) {
    res.status(error.status).json({ error: describeHttpError(error) });
    return;
  }
  const known = error instanceof ZodError ? invalidInput(error) : toAppError(error);
  if (known.code === 'internal' || known.code === 'unavailable') res.req.log.error({ err: error }, 'request failed');
  else if (NOTABLE.has(known.code))
    res.req.log.info({ code: known.code, reason: known.details?.['reason'] }, 'refused');
  const retryAfter = known.details?.['retryAfterSeconds'] ?? (known.code === 'unavailable' ? 5 : null);
  if (typeof retryAfter === 'number') res.set('Retry-After', String(retryAfter));
  if (known.code === 'unauthenticated') res.set('WWW-Authenticate', 'Bearer');
  res.status(STATUS[known.code]).json({ error: known.toBody() });
}

export const errorHandler: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  replyWithError(res, error);
};
