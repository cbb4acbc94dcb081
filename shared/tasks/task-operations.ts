import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { task, taskFields } from './task.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });

export const listTasks = operation({
  name: 'tasks.list',
  kind: 'query',
  agent: true,
  summary: 'List tasks, the earliest due first.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/tasks' }],
  input: listQuery(['dueAt', 'createdAt']).extend({
    ownerId: z.uuid().optional(),
    contactId: z.uuid().optional(),
    state: z.enum(['open', 'done', 'all']).default('open'),
  }),
  output: listOf(task),
});

export const getTask = operation({
  name: 'tasks.get',
  kind: 'query',
  summary: 'Get one task.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/tasks/:id' }],
  input: one,
  output: task,
});

/** `ownerId` that is not sent is the caller; null is nobody yet. */
export const createTask = operation({
  name: 'tasks.create',
  kind: 'command',
  agent: true,
  summary: 'Create a task, for a contact or on its own.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/tasks' }],
  input: taskFields.partial().extend({ id: z.uuid().optional(), title: taskFields.shape.title }),
  output: done,
  patches: ({ id, ...fields }, { now, userId }) =>
    id
      ? [
          {
            kind: 'insert',
            table: 'tasks',
            id,
            values: { allDay: false, ownerId: userId, ...fields, createdById: userId, createdAt: now, updatedAt: now },
          },
        ]
      : [],
});

export const updateTask = operation({
  name: 'tasks.update',
  kind: 'command',
  agent: true,
  summary: 'Change fields of a task. Fields that are not sent stay as they are.',
  role: 'AGENT',
  routes: [
    { method: 'PATCH', path: '/tasks/:id' },
    { method: 'PUT', path: '/tasks/:id' },
  ],
  input: taskFields.partial().extend({ id: z.uuid() }),
  output: done,
  patches: ({ id, ...fields }, { now }) => [
    { kind: 'set', table: 'tasks', ids: [id], values: { ...fields, updatedAt: now } },
  ],
});

/** Completing a completed task changes nothing. */
export const completeTask = operation({
  name: 'tasks.complete',
  kind: 'command',
  agent: true,
  summary: 'Mark a task as done.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/tasks/:id/complete' }],
  input: one,
  output: done,
  patches: ({ id }, { now, userId }) => [
    { kind: 'set', table: 'tasks', ids: [id], values: { completedAt: now, completedById: userId, updatedAt: now } },
  ],
});

export const reopenTask = operation({
  name: 'tasks.reopen',
  kind: 'command',
  summary: 'Mark a done task as open again.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/tasks/:id/reopen' }],
  input: one,
  output: done,
  patches: ({ id }, { now }) => [
    { kind: 'set', table: 'tasks', ids: [id], values: { completedAt: null, completedById: null, updatedAt: now } },
  ],
});

export const deleteTask = operation({
  name: 'tasks.delete',
  kind: 'command',
  summary: 'Delete a task.',
  role: 'AGENT',
  routes: [{ method: 'DELETE', path: '/tasks/:id' }],
  input: one,
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'tasks', ids: [id] }],
});
