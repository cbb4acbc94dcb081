import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

export const HISTORY_KINDS = [
  'CREATED',
  'FIELD_CHANGED',
  'STAGE_CHANGED',
  'STATUS_CHANGED',
  'SCORE_CHANGED',
  'TAG_ADDED',
  'TAG_REMOVED',
  'GROUP_ADDED',
  'GROUP_REMOVED',
  'CONSENT_GIVEN',
  'CONSENT_WITHDRAWN',
  'OPTED_OUT',
  'OPTED_IN',
  'VISITED',
  'MERGED',
  'MERGE_UNDONE',
] as const;

/**
 * One thing that happened to a contact. Of a change `field`, `before` and `after` say what; a tag or group is named in `before` or
 * `after`. `details` holds what else there is: of a stage `fromStageId` and `toStageId`, of a status `fromStatus` and `toStatus`, of a
 * consent, visit or merge its own columns, of a change that was another contact's until they were merged its `mergedId`. `cause` is what did it where it was no person's hand. `userName` is theirs now.
 */
export const historyEntry = z.object({
  id: z.string(),
  kind: z.enum(HISTORY_KINDS),
  field: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  at: z.number(),
  userId: z.uuid().nullable(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  cause: z.object({ kind: z.string(), id: z.string() }).nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

export type HistoryEntry = z.output<typeof historyEntry>;

/** Newest first. `before` is the `next` of the page before this one; `fields` leaves everything out but changes of these. */
export const listHistory = operation({
  name: 'contacts.history',
  kind: 'query',
  agent: true,
  summary: 'What happened to a contact: every change with who, when, on which device, what it was and became.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts/:id/history' }],
  input: z.object({
    id: z.uuid(),
    before: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    fields: z
      .union([z.string().max(1_000), z.array(z.string().max(60)).max(50)])
      .transform((typed) => (typeof typed === 'string' ? typed.split(',') : typed))
      .optional(),
  }),
  output: z.object({ entries: z.array(historyEntry), next: z.string().nullable() }),
});
