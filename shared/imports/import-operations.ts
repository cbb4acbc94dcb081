import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { COLUMN_TARGETS, type ColumnTarget } from './column-target.ts';
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

const columnTarget = z.custom<ColumnTarget>(
  (value) =>
    typeof value === 'string' &&
    (COLUMN_TARGETS.some((target) => target === value) || /^attribute:.{1,200}$/s.test(value)),
  'There is no such target',
);

/** How a table is read that comes without a person to look at it first. */
export const importChoices = z.object({
  fileName: z.string().trim().min(1).max(255).default('import over REST'),
  duplicates: z.enum(DUPLICATE_RULES).default('merge'),
  kind: z.enum(IMPORT_KINDS).default('contacts'),
  /** Of numbers without a country code; the workspace's when it does not say. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Two capital letters')
    .optional(),
  /** Where columns go that are not to go where their headings say. */
  columns: z.record(z.string().max(200), columnTarget).default({}),
});

/** Rows of one request; a file takes a million. */
export const MOST_SENT_ROWS = 10_000;

/** Known under the names of `COLUMN_TARGETS` and under the headings that people use. As a file, send `multipart/form-data` with the part `file` (CSV, 50 MB at most) beside these fields. */
export const importTable = operation({
  name: 'imports.importRows',
  kind: 'command',
  online: true,
  summary:
    'Import contacts as rows by heading, or as a CSV file (multipart/form-data, part `file`): a job that goes on by itself.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/contacts/import' }],
  input: importChoices.extend({
    rows: z
      .array(z.record(z.string().max(200), z.unknown()))
      .min(1)
      .max(MOST_SENT_ROWS),
  }),
  output: z.object({
    id: z.uuid(),
    /** Rows that are being imported, those that cannot be (`GET /imports/:id/problems` lists them), and those that say nothing of consent. */
    rows: z.number().int(),
    invalid: z.number().int(),
    withoutConsent: z.number().int(),
    columns: z.array(z.object({ header: z.string(), target: z.string() })),
  }),
});
