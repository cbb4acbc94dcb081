import { z } from 'zod';

/** Rows of one write whose basis travels; a bulk act names none. */
export const MAX_BASED_ON = 50;
/** Bytes of one write's input as JSON. A larger one is refused for good (`invalid_input`, details.reason `too_large`). */
export const MAX_WRITE_BYTES = 4_000_000;
/** Ended writes that one request may name. */
export const MAX_ENDED = 2_000;

const pushedWrite = z.object({
  writeId: z.uuid(),
  name: z.string().max(100),
  input: z.unknown(),
  madeAt: z.number().int(),
  basedOn: z.record(z.uuid(), z.number().int()).optional(),
  unit: z.uuid().optional(),
});

/**
 * `POST /api/sync/push`: the outbox of one device, oldest first. At most 500 writes or 4 MB a request;
 * a request beyond 8 MB is not read (413, `invalid_input`, details.reason `too_large`).
 * `madeAt` is the device's own clock, epoch ms. `basedOn` tells, by row id, the `updatedAt` (epoch ms) of the server's row as this
 * device knew it when it set fields of that row: what others changed after that has met this write.
 * `unit` is said of writes that are parts of one act of a person: they show as one act and are taken back as one.
 * `ended` names writes that this device has durably ended and will never send again.
 */
export const pushRequest = z.object({
  protocol: z.number().int(),
  deviceId: z.uuid(),
  writes: z.array(pushedWrite).max(500),
  ended: z.array(z.uuid()).max(MAX_ENDED).optional(),
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
