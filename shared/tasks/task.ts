import { z } from 'zod';
import { instantInput } from '../protocol/instant-input.ts';

/**
 * Something a member means to do. `dueAt` is an instant; with `allDay` it is the start of that day in the zone of who set it,
 * and the task is late when the day is over. `remindAt` tells the owner once.
 */
export const taskFields = z.object({
  title: z.string().trim().min(1, 'A task needs a title').max(300),
  body: z.string().trim().max(20_000).nullable(),
  dueAt: instantInput.nullable(),
  allDay: z.boolean(),
  remindAt: instantInput.nullable(),
  ownerId: z.uuid().nullable(),
  contactId: z.uuid().nullable(),
  conversationId: z.uuid().nullable(),
});

export type TaskFields = z.output<typeof taskFields>;

export const task = taskFields.extend({
  id: z.uuid(),
  createdById: z.uuid().nullable(),
  completedAt: z.number().nullable(),
  completedById: z.uuid().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});

export type Task = z.output<typeof task>;
