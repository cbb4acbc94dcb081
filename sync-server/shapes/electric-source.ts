import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { ELECTRIC_PROTOCOL_QUERY_PARAMS } from '@electric-sql/client';
import { AppError } from '../../shared/kernel/app-error.ts';
import { toWhereSql, type ShapeDefinition } from './shape-definition.ts';
import type { ShapeSource } from './shape-router.ts';

/** The request to the Electric service: our definition, the client's protocol parameters, the service's secret. */
export function toElectricUrl(
  base: string,
  secret: string | undefined,
  shape: ShapeDefinition,
  query: Record<string, unknown>,
): URL {
  const url = new URL('/v1/shape', base);
  for (const name of ELECTRIC_PROTOCOL_QUERY_PARAMS) {
    const value = query[name];
    if (typeof value === 'string' && !name.startsWith('subset__') && !name.endsWith('live_sse'))
      url.searchParams.set(name, value);
  }
  url.searchParams.set('table', shape.table);
  url.searchParams.set('columns', shape.columns.join(','));
  if (shape.where.length > 0) {
    const { text, values } = toWhereSql(shape.where);
    url.searchParams.set('where', text);
    values.forEach((value, i) => url.searchParams.set(`params[${i + 1}]`, value));
  }
  if (secret) url.searchParams.set('secret', secret);
  return url;
}

/**
 * What stands between us and Electric (a wrong secret, a cache, a proxy) says nothing about the person who asks: a desktop would take
 * 401 for the end of its session, and empty its table after 403.
 */
function assertForDesktops({ status }: Response): void {
  if (![401, 403, 404, 407].includes(status)) return;
  throw new AppError('unavailable', 'The sync service does not let this server in. Changes wait on this computer.', {
    status,
  });
}

/** A position that Electric does not have, because it lost the newest changes in a crash. */
const isOutOfBounds = (body: string): boolean => /"offset"\s*:\s*\[\s*"out of bounds/.test(body);

/** Answers from the Electric service at `base`, which sees only shapes that we defined. */
export function openElectric(base: string, secret: string | undefined) {
  const polls = new Map<AbortController, ShapeDefinition>();
  const source: ShapeSource = async (definition, req, res) => {
    const aborted = new AbortController();
    res.once('close', () => aborted.abort());
    if (req.query['live'] !== undefined) polls.set(aborted, definition);
    const url = toElectricUrl(base, secret, definition, req.query);
    const answer = await fetch(url, { signal: aborted.signal })
      .catch((error: unknown) => {
        if (res.destroyed) return null;
        if (aborted.signal.aborted)
          throw new AppError('unavailable', 'What you may see was changed. It is looked at again.', {
            retryAfterSeconds: 1,
          });
        throw new AppError('unavailable', 'The sync service does not answer. Changes wait on this computer.', {
          cause: String(error),
        });
      })
      .finally(() => polls.delete(aborted));
    if (!answer) return;
    assertForDesktops(answer);
    if (answer.status === 400 && isOutOfBounds(await answer.clone().text())) {
      // The client dies of a 400 and begins anew after a 409; so does the embedded log answer.
      res.status(409).json([{ headers: { control: 'must-refetch' } }]);
      return;
    }
    res.status(answer.status);
    for (const [name, value] of answer.headers)
      if (!['content-encoding', 'content-length', 'transfer-encoding', 'cache-control', 'vary'].includes(name))
        res.setHeader(name, value);
    if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), res).catch(() => {});
    else res.end();
  };
  const wakeAll = (isMeant: (definition: ShapeDefinition) => boolean = () => true): void => {
    for (const [poll, definition] of polls) if (isMeant(definition)) poll.abort();
  };
  return { source, wakeAll };
}
