import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import type { Patch } from '../protocol/patch.ts';
import { MET_ENTITIES } from './met-change.ts';

const done = z.object({ id: z.uuid() });
const TABLES = { contact: 'contacts', note: 'notes' } as const;

/**
 * Sets earlier values of a meeting again and settles it. The server takes the values from its own record of the meeting;
 * `fields` chooses some of them (by default those that were overwritten). `shows` is only what the desktop shows
 * until then: the same values, read from its replica.
 */
export const restoreMerge = operation({
  name: 'merges.restore',
  kind: 'command',
  summary: 'Set the values again that somebody else had written before a later change replaced them.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/merges/:id/restore' }],
  input: z.object({
    id: z.uuid(),
    fields: z.array(z.string().max(100)).min(1).max(50).optional(),
    shows: z
      .object({ entity: z.enum(MET_ENTITIES), entityId: z.uuid(), values: z.record(z.string().max(100), z.json()) })
      .optional(),
  }),
  output: done,
  patches: ({ id, shows }, { now, userId }): Patch[] => [
    ...(shows
      ? [
          {
            kind: 'set',
            table: TABLES[shows.entity],
            ids: [shows.entityId],
            values: { ...shows.values, updatedAt: now },
          } satisfies Patch,
        ]
      : []),
    { kind: 'set', table: 'met_changes', ids: [id], values: { resolvedAt: now, resolvedById: userId } },
  ],
});

export const dismissMerge = operation({
  name: 'merges.dismiss',
  kind: 'command',
  summary: 'Settle a meeting of changes as it is. Nothing else changes.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/merges/:id/dismiss' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }, { now, userId }) => [
    { kind: 'set', table: 'met_changes', ids: [id], values: { resolvedAt: now, resolvedById: userId } },
  ],
});
