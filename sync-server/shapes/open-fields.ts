import type { Response } from 'express';
import type { FieldKeys } from '../db/fields/field-keys.ts';
import { replyWithError } from '../http/error-reply.ts';

/** Tables in whose rows sealed fields stand. */
const HOLDERS = new Set(['notes', 'acts', 'met_changes']);

/**
 * Opens the sealed fields in an answer on its way out, whichever source it comes from; journals, caches and the Electric service keep
 * what is stored. Answers of such tables are held back whole, which chunks keep small. One that cannot be opened is an error instead.
 */
export async function openFieldsIn(res: Response, fields: FieldKeys, tenantId: string, table: string): Promise<void> {
  if (!HOLDERS.has(table) || !(await fields.isOn(tenantId))) return;
  const held: Buffer[] = [];
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  const hold = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string')
      held.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) held.push(Buffer.from(chunk));
  };
  const called = (...given: unknown[]) =>
    (given.find((one) => typeof one === 'function') as (() => void) | undefined)?.();
  // The keys cannot be read at the moment: an answer that nobody takes for a shape's.
  const refuse = (error: unknown): void => {
    if (res.headersSent) return void res.destroy();
    for (const name of res.getHeaderNames())
      if (/^(electric-|etag$|content-|cache-)/.test(name)) res.removeHeader(name);
    Object.assign(res, { write, end });
    res.set('cache-control', 'no-store');
    replyWithError(res, error);
  };
  res.write = ((chunk: unknown, encoding: unknown, done: unknown) => {
    hold(chunk, encoding);
    called(encoding, done);
    return true;
  }) as Response['write'];
  res.end = ((chunk: unknown, encoding: unknown, done: unknown) => {
    hold(chunk, encoding);
    fields
      .open(tenantId, Buffer.concat(held).toString('utf8'))
      .then((body) => {
        if (!res.headersSent && body) res.setHeader('content-length', Buffer.byteLength(body));
        end(body, 'utf8', () => called(chunk, encoding, done));
      })
      .catch(refuse);
    return res;
  }) as Response['end'];
}
