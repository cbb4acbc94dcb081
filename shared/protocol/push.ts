import { z } from 'zod';

/** `POST /api/sync/push`: the outbox of one device, oldest first. At most 500 writes or 4 MB a request. */
export const pushRequest = z.object({
  protocol: z.number().int(),
  deviceId: z.uuid(),
  writes: z
    .array(z.object({ writeId: z.uuid(), name: z.string().max(100), input: z.unknown(), madeAt: z.number().int() }))
    .max(500),
});

/**
 * The server's answer to one write, the same however often it is asked.
 * `txid` is the Postgres transaction (32 bit, as shapes carry it), `commitLsn` an upper bound of its commit position, decimal.
 * `retry` means: nothing was decided, send it again later; no later write of the request was looked at.
 */
export const pushResult = z.discriminatedUnion('status', [
  z.object({ writeId: z.uuid(), status: z.literal('accepted'), txid: z.string(), commitLsn: z.string() }),
  z.object({
    writeId: z.uuid(),
    status: z.literal('refused'),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({ writeId: z.uuid(), status: z.literal('retry'), message: z.string() }),
]);

export const pushReply = z.object({ results: z.array(pushResult) });

export type PushRequest = z.output<typeof pushRequest>;
export type PushResult = z.output<typeof pushResult>;
