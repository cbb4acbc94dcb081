import { z } from 'zod';
import { instantInput } from '../protocol/instant-input.ts';
import { operation } from '../protocol/operation.ts';

const MAX_METADATA = 4_096;

const address = z
  .url({ protocol: /^https?$/, error: 'A visited page begins with http:// or https://' })
  .max(2_000)
  .meta({ examples: ['https://example.com/booking'] });

/** Told by the page's own server, which knows the visitor's address and browser. `metadata` is at most 4 kB of JSON. */
export const recordVisit = operation({
  name: 'contacts.recordVisit',
  kind: 'command',
  summary: 'Record that a contact visited a page.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:id/visits' }],
  input: z.object({
    id: z.uuid(),
    url: address,
    referrer: z.string().trim().max(2_000).nullable().default(null),
    ip: z
      .union([z.ipv4(), z.ipv6()])
      .meta({ examples: ['203.0.113.7'] })
      .nullable()
      .default(null),
    userAgent: z.string().trim().max(1_000).nullable().default(null),
    metadata: z
      .record(z.string().max(100), z.unknown())
      .refine((all) => JSON.stringify(all).length <= MAX_METADATA, 'At most 4 kB')
      .nullable()
      .default(null),
    /** Now, unless it is said. */
    at: instantInput.optional(),
  }),
  output: z.object({ id: z.uuid() }),
  online: true,
});
