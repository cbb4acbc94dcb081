import { z } from 'zod';
import { operation } from '../protocol/operation.ts';

/** Characters of a note. */
export const MAX_NOTE = 20_000;

const body = z.string().trim().min(1, 'A note needs some text').max(MAX_NOTE);
const done = z.object({ id: z.uuid() });

export const addNote = operation({
  name: 'notes.add',
  kind: 'command',
  agent: true,
  summary: 'Write a note on a contact.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/:contactId/notes' }],
  input: z.object({ id: z.uuid().optional(), contactId: z.uuid(), body }),
  output: done,
  patches: ({ id, contactId, body: text }, { now, userId }) =>
    id
      ? [
          {
            kind: 'insert',
            table: 'notes',
            id,
            values: { contactId, authorId: userId, body: text, createdAt: now, updatedAt: now },
          },
        ]
      : [],
});

export const editNote = operation({
  name: 'notes.edit',
  kind: 'command',
  summary: 'Change the text of a note. Only its author or a manager may.',
  role: 'AGENT',
  routes: [{ method: 'PATCH', path: '/notes/:id' }],
  input: z.object({ id: z.uuid(), body }),
  output: done,
  patches: ({ id, body: text }, { now }) => [
    { kind: 'set', table: 'notes', ids: [id], values: { body: text, updatedAt: now } },
  ],
});

export const deleteNote = operation({
  name: 'notes.delete',
  kind: 'command',
  summary: 'Delete a note. Only its author or a manager may.',
  role: 'AGENT',
  routes: [{ method: 'DELETE', path: '/notes/:id' }],
  input: z.object({ id: z.uuid() }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'notes', ids: [id] }],
});
