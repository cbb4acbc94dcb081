import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { ELECTRIC_PROTOCOL_QUERY_PARAMS } from '@electric-sql/client';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { ShapeDefinition } from './shape-rule.ts';
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
    if (typeof value === 'string' && !name.startsWith('subset__')) url.searchParams.set(name, value);
  }
  url.searchParams.set('table', shape.table);
  url.searchParams.set('columns', shape.columns.join(','));
  if (shape.where.length > 0) {
    url.searchParams.set('where', shape.where.map(({ column }, i) => `"${column}" = $${i + 1}`).join(' AND '));
    shape.where.forEach(({ value }, i) => url.searchParams.set(`params[${i + 1}]`, value));
  }
  if (secret) url.searchParams.set('secret', secret);
  return url;
}

/** Answers from the Electric service at `base`, which sees only shapes that we defined. */
export const electricSource =
  (base: string, secret: string | undefined): ShapeSource =>
  async (definition, req, res) => {
    const aborted = new AbortController();
    res.once('close', () => aborted.abort());
    const answer = await fetch(toElectricUrl(base, secret, definition, req.query), { signal: aborted.signal }).catch(
      (error: unknown) => {
        if (aborted.signal.aborted) return null;
        throw new AppError('unavailable', 'The sync service does not answer. Changes wait on this computer.', {
          cause: String(error),
        });
      },
    );
    if (!answer) return;
    res.status(answer.status);
    for (const [name, value] of answer.headers)
      if (!['content-encoding', 'content-length', 'transfer-encoding', 'cache-control', 'vary'].includes(name))
        res.setHeader(name, value);
    if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), res).catch(() => {});
    else res.end();
  };
