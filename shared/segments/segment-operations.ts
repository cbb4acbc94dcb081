import { z } from 'zod';
import { contact } from '../contacts/contact.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { readSegmentInput } from './read-segment-input.ts';
import { sourceCriteria } from './read-source-rule.ts';
import { segmentRule } from './segment.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });
const name = z.string().trim().min(1, 'Name the segment').max(100);
const description = z.string().trim().max(500).nullable();
const kind = z.enum(['dynamic', 'static']);

/**
 * Whom a segment means: a `rule`, or criteria as other systems write them, inside `filterCriteria` or bare. Who makes or counts one is
 * refused a key that is not known: without it everybody would be meant.
 */
const meaning = {
  rule: segmentRule.optional(),
  filterCriteria: z.unknown().optional(),
  ...sourceCriteria.shape,
};

const segment = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  /** A static one keeps the members it had when its rule was last set. */
  kind,
  rule: segmentRule,
  createdById: z.uuid().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type SegmentRow = z.output<typeof segment>;

/** Why a segment that a rule refers to matches nobody. */
const problem = z.object({
  problem: z.enum(['missing', 'cycle', 'too_deep', 'too_large', 'unreadable']),
  id: z.string(),
});

export const listSegments = operation({
  name: 'segments.list',
  kind: 'query',
  agent: true,
  summary: 'List the segments.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/segments' }],
  input: listQuery(['name', 'createdAt', 'updatedAt']),
  output: listOf(segment),
});

/** `contacts` is how many are in it now. */
export const getSegment = operation({
  name: 'segments.get',
  kind: 'query',
  agent: true,
  summary: 'Get one segment with the number of its contacts.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/segments/:id' }],
  input: one,
  output: segment.extend({ contacts: z.number().int(), problems: z.array(problem) }),
});

/**
 * `dynamic` unless it says otherwise. Members of a `static` one are chosen by the rule when the server takes it, and by hand from then on
 * (`contacts.addToGroup`, `contacts.removeFromGroup`). `invalid_input` for a rule that leads back to this segment, or names what is not there.
 */
export const createSegment = operation({
  name: 'segments.create',
  kind: 'command',
  agent: true,
  summary: 'Make a segment of contacts by a rule.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/segments' }],
  input: z.strictObject({
    id: z.uuid().optional(),
    name,
    description: description.default(null),
    kind: kind.optional(),
    ...meaning,
  }),
  output: done.extend({ contacts: z.number().int() }),
  patches: ({ id, name: called, description: about, ...given }, { now, userId }) => {
    const read = readSegmentInput(given);
    if (!id || !read.ok) return [];
    const { rule, kind: of } = read;
    const body = { name: called, description: about, kind: of ?? 'dynamic', rule: rule ?? { all: [] } };
    return [
      {
        kind: 'insert',
        table: 'workspace_items',
        id,
        values: { kind: 'segment', body: { ...body, createdById: userId, createdAt: now, updatedAt: now } },
      },
    ];
  },
});

/**
 * What is not sent stays. Another rule chooses the members of a static segment anew, and so does its own, sent and nothing else changed;
 * so does making one static.
 */
export const updateSegment = operation({
  name: 'segments.update',
  kind: 'command',
  agent: true,
  summary: 'Change a segment.',
  role: 'AGENT',
  routes: [
    { method: 'PUT', path: '/segments/:id' },
    { method: 'PATCH', path: '/segments/:id' },
  ],
  input: z.object({
    id: z.uuid(),
    name: name.optional(),
    description: description.optional(),
    kind: kind.optional(),
    ...meaning,
    /** Said by desktops, which show the whole segment at once; the server keeps its own. */
    createdById: z.uuid().nullable().optional(),
    createdAt: z.number().optional(),
  }),
  output: done,
  patches: ({ id, name: called, description: about, createdById, createdAt, ...given }, { now }) => {
    const read = readSegmentInput(given);
    if (!read.ok || !read.rule || !read.kind || called === undefined || createdAt === undefined) return [];
    const body = { name: called, description: about ?? null, kind: read.kind, rule: read.rule };
    const values = { body: { ...body, createdById: createdById ?? null, createdAt, updatedAt: now } };
    return [{ kind: 'set', table: 'workspace_items', ids: [id], values }];
  },
});

/** `conflict` (details.usedBy: `{kind, name}[]`) while other segments or automations refer to it. Its contacts stay. */
export const deleteSegment = operation({
  name: 'segments.delete',
  kind: 'command',
  summary: 'Delete a segment. Its contacts stay.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/segments/:id' }],
  input: one,
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

/** How many contacts a rule means now, with the newest of them: what a segment would be before it is saved. */
export const countMatching = operation({
  name: 'segments.countMatching',
  kind: 'query',
  agent: true,
  summary: 'Count the contacts that a rule means, with a few of them.',
  role: 'VIEWER',
  routes: [{ method: 'POST', path: '/segments/count-matching' }],
  input: z.strictObject({ ...meaning, sample: z.coerce.number().int().min(0).max(50).default(5) }),
  output: z.object({ count: z.number().int(), sample: z.array(contact), problems: z.array(problem.shape.problem) }),
});
