import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { currentTrace, newTrace, traceOfHeader, withTrace } from '../db/trace.ts';

const SECRET = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'secret',
  'body',
  'phone',
  'email',
];

/**
 * The log of the process. Secrets and what people write or dial are cut out wherever they stand; of a failed query its text
 * is kept and its values are not.
 */
export const createLogger = (level: string, destination: DestinationStream = pino.destination(1)): Logger =>
  pino(
    {
      level,
      redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[cut]' },
      serializers: { err: describeError },
      mixin: () => {
        const traceId = currentTrace();
        return traceId ? { traceId } : {};
      },
    },
    destination,
  );

type LoggedError = { type: string; message: string; code?: string; at: string[]; cause?: LoggedError };

function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), at: [] };
  const isQuery = 'query' in error && 'params' in error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return {
    type: error.name,
    message: isQuery ? `failed query: ${String(error.query)}` : messageOf(error),
    ...code,
    at: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** SQLSTATE class 22, data that cannot be read: Postgres quotes it. Elsewhere it quotes names. */
const messageOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' && error.code.startsWith('22')
    ? error.message.replace(/".*"/s, '"[cut]"')
    : error.message;

/** One line a request, with its id. The query is left out: people search for names and numbers. */
export const createRequestLog = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (req, res) => {
      const given = req.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      err: describeError,
      req: (req: { id: string; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: withoutTokens(req.url.split('?')[0] ?? ''),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    autoLogging: { ignore: (req) => req.url === '/healthz' || req.url === '/readyz' || req.url === '/metrics' },
  });

/** Links of invitations, forgotten passwords and exports let people in, so their tokens are no more logged than passwords. */
export const withoutTokens = (path: string): string =>
  path.replaceAll(/\/(join|reset|invitations|exports)\/[\w.-]{20,}/g, '/$1/[cut]');

/** Everything that a request causes carries its trace, which the answer tells (`X-Trace-Id`). */
export const traceRequests: RequestHandler = (req, res, next) => {
  const traceId = traceOfHeader(req.headers['traceparent']) ?? newTrace();
  res.setHeader('X-Trace-Id', traceId);
  withTrace(traceId, next);
};
