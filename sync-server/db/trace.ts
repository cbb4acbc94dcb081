import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/**
 * One id from a click to the last job it caused: 32 hexadecimal digits, as in W3C Trace Context. A pushed write is traced by its write id,
 * a request by its `traceparent` or a new id, a job by what enqueued it. Log lines, jobs and audit rows carry it.
 */
const traces = new AsyncLocalStorage<string>();

export const currentTrace = (): string | null => traces.getStore() ?? null;

export const withTrace = <T>(traceId: string, work: () => T): T => traces.run(traceId, work);

export const traceOfId = (id: string): string => id.replaceAll('-', '').toLowerCase();

export const newTrace = (): string => traceOfId(randomUUID());

/** The trace of a `traceparent` header (W3C Trace Context, version 00), or null where there is none or it says nothing. */
export function traceOfHeader(header: unknown): string | null {
  const [, id] = typeof header === 'string' ? (/^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header) ?? []) : [];
  return id && !/^0+$/.test(id) ? id : null;
}
