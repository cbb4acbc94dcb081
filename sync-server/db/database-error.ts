import { AppError } from '../../shared/kernel/app-error.ts';

/** What the driver says without a code: a connection that ended, was found ended, or did not come about. */
const CONNECTION_LOST = /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect/;

/** The Postgres error code (SQLSTATE) or Node error code inside an error or one of its causes. */
export function databaseErrorCode(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
    if (CONNECTION_LOST.test(e.message)) return '08006';
  }
  return null;
}

/** SQLSTATE classes and codes after which the same transaction may well succeed: lost connection, resources, shutdown, a standby that is not the primary yet, conflict of two transactions. */
const PASSING = /^(08|53|57P|40001|40P01|55P03|57014|58|25006)/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ENOENT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Whether nothing was decided and another attempt may succeed. */
export function isPassingError(error: unknown): boolean {
  const code = databaseErrorCode(error);
  return code !== null && (PASSING.test(code) || NETWORK.test(code));
}

/**
 * What an error means to the person whose request it ended. AppErrors stay; data that Postgres cannot hold is
 * `invalid_input`; a race against another write is `conflict`; a database out of reach is `unavailable`; the rest is our own fault.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isPassingError(error))
    return new AppError(
      'unavailable',
      'The database is out of reach at the moment. Nothing was changed; try again soon.',
    );
  const code = databaseErrorCode(error);
  if (code?.startsWith('22'))
    return new AppError(
      'invalid_input',
      'This contains a character or value that cannot be stored. Nothing was changed.',
    );
  if (code === '23505')
    return new AppError(
      'conflict',
      'Something with this id exists already. Nothing was changed; reload and try again.',
    );
  if (code === '23503')
    return new AppError(
      'not_found',
      'Something this refers to was deleted in the meantime. Nothing was changed; reload and try again.',
    );
  return new AppError(
    'internal',
    'The server could not do this because of a fault of its own. Nothing was changed. Try again; if it stays so, tell support the request id.',
  );
}
