import { z } from 'zod';
import { addTags, createContact, deleteContact, removeTags, updateContact } from '../contacts/contact-operations.ts';
import { addNote, deleteNote, editNote } from '../contacts/note-operations.ts';
import { setConversationStatus } from '../inbox/inbox-operations.ts';
import { instantInput } from '../protocol/instant-input.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation, type Operation } from '../protocol/operation.ts';
import { completeTask, createTask, deleteTask, reopenTask, updateTask } from '../tasks/task-operations.ts';

/** One’s own acts can be taken back for this long. */
export const UNDO_DAYS = 30;

/** A file of acts holds the newest so many: more than any spreadsheet is pleasant with. */
export const MOST_ACTS_IN_FILE = 100_000;

/** The operations that take another one back, and so show at once on the desktop that undoes. */
const INVERSES = new Map<string, Operation>(
  [
    addTags,
    removeTags,
    createContact,
    updateContact,
    deleteContact,
    addNote,
    editNote,
    deleteNote,
    setConversationStatus,
    createTask,
    updateTask,
    completeTask,
    reopenTask,
    deleteTask,
  ].map((o) => [o.name, o as unknown as Operation]),
);

/** An act that takes another one back. */
export const inverse = z.object({ name: z.string().max(100), input: z.record(z.string(), z.unknown()) });

/**
 * Takes back one’s own act of the last 30 days, or as a manager anybody’s. `conflict` (details.reason `changed_since`, `by`, `at`)
 * when what it changed was changed again, unless `anyway`. The server keeps the inverse; the desktop’s own copy of it only shows it sooner.
 */
export const undoAct = operation({
  name: 'activity.undo',
  kind: 'command',
  summary: 'Take back an act.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/activity/:id/undo' }],
  input: z.object({ id: z.uuid(), anyway: z.boolean().default(false), inverse: inverse.optional() }),
  output: z.object({ id: z.uuid() }),
  patches: ({ id, inverse: shown }, context) => {
    const undone = { kind: 'set', table: 'acts', ids: [id], values: { undoneAt: context.now } } as const;
    const taken = shown && INVERSES.get(shown.name);
    const input = taken?.input.safeParse(shown?.input);
    return [undone, ...(input?.success ? (taken?.patches?.(input.data, context) ?? []) : [])];
  },
});

export const act = z.object({
  id: z.uuid(),
  userId: z.uuid().nullable(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.uuid().nullable(),
  records: z.number().int(),
  before: z.unknown(),
  after: z.unknown(),
  at: z.number(),
  undoneAt: z.number().nullable(),
  traceId: z.string().nullable(),
});

/** The whole audit log, further back than desktops keep and with the acts of the system itself. */
export const listActivity = operation({
  name: 'activity.list',
  kind: 'query',
  summary: 'List who did what and when, newest first.',
  role: 'MANAGER',
  routes: [{ method: 'GET', path: '/activity' }],
  input: listQuery(['at']).extend({
    sortOrder: z.enum(['asc', 'desc']).default('desc'),
    userId: z.uuid().optional(),
    entity: z.string().max(50).optional(),
    entityId: z.uuid().optional(),
    action: z.string().max(100).optional(),
    from: z.coerce.number().pipe(instantInput).optional(),
    to: z.coerce.number().pipe(instantInput).optional(),
  }),
  output: listOf(act),
});
