import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { importRow } from './import-row.ts';

/** Rows of one `imports.addRows`. A file of 100,000 rows travels as 100 of them. */
export const IMPORT_PART_ROWS = 1_000;

/** What to do with a row whose phone, or else e-mail, a contact already has: fill that contact with it, leave both alone, or make another contact. */
export const DUPLICATE_RULES = ['merge', 'skip', 'create'] as const;
export type DuplicateRule = (typeof DUPLICATE_RULES)[number];

/** What a file holds: contacts, or numbers nobody is to call. */
export const IMPORT_KINDS = ['contacts', 'do_not_call'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

const done = z.object({ id: z.uuid() });

export const startImport = operation({
  name: 'imports.start',
  kind: 'command',
  summary:
    'Announce an import of contacts, or of numbers nobody is to call: the file, its number of valid rows, what to do with duplicates.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/imports' }],
  input: z.object({
    id: z.uuid(),
    fileName: z.string().trim().min(1).max(255),
    total: z.number().int().min(1).max(1_000_000),
    duplicates: z.enum(DUPLICATE_RULES).default('merge'),
    kind: z.enum(IMPORT_KINDS).default('contacts'),
  }),
  output: done,
  patches: ({ id, fileName, total, kind }, { now, userId }) => [
    {
      kind: 'insert',
      table: 'workspace_items',
      id,
      values: {
        kind: 'import_job',
        body: {
          fileName,
          kind,
          status: 'receiving',
          total,
          processed: 0,
          created: 0,
          updated: 0,
          skipped: 0,
          startedById: userId,
          createdAt: now,
          message: null,
        },
      },
    },
  ],
});

export const addImportRows = operation({
  name: 'imports.addRows',
  kind: 'command',
  summary:
    'Hand over one part of the rows of an announced import. Parts are numbered from 0; a part sent again replaces itself.',
  role: 'AGENT',
  routes: [{ method: 'PUT', path: '/imports/:id/parts/:part' }],
  input: z.object({
    id: z.uuid(),
    part: z.coerce.number().int().min(0),
    rows: z.array(importRow).min(1).max(IMPORT_PART_ROWS),
  }),
  output: done,
});

export const runImport = operation({
  name: 'imports.run',
  kind: 'command',
  summary: 'Start the import when all parts are there, or go on with a paused one.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/imports/:id/run' }],
  input: z.object({ id: z.uuid() }),
  output: done,
});

export const pauseImport = operation({
  name: 'imports.pause',
  kind: 'command',
  summary: 'Stop an import after the batch at hand. What is imported stays; `imports.run` goes on with the rest.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/imports/:id/pause' }],
  input: z.object({ id: z.uuid() }),
  output: done,
});

export const undoImport = operation({
  name: 'imports.undo',
  kind: 'command',
  summary:
    'Stop an import and delete the contacts it created that nobody has touched since, or take the numbers it brought off the list.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/imports/:id/undo' }],
  input: z.object({ id: z.uuid() }),
  output: done,
});

export const listImportProblems = operation({
  name: 'imports.problems',
  kind: 'query',
  summary: 'List the rows of an import that the server skipped, with reasons.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/imports/:id/problems' }],
  input: listQuery(['row']).extend({ id: z.uuid() }),
  output: listOf(z.object({ row: z.number().int(), reason: z.string() })),
});
