import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';

const done = z.object({ id: z.uuid() });
const one = z.object({ id: z.uuid() });
const displayOrder = z.number().int().min(0).max(10_000);
const color = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'A colour is # and six hexadecimal digits')
  .nullable();

export const pipelineFields = z.object({
  name: z.string().trim().min(1, 'Name the pipeline').max(100),
  displayOrder,
});

export const stageFields = z.object({
  pipelineId: z.uuid(),
  name: z.string().trim().min(1, 'Name the stage').max(100),
  displayOrder,
  /** That a contact in this stage buys, in percent. */
  probability: z.number().int().min(0).max(100),
  color,
});

const stage = stageFields.extend({ id: z.uuid(), contacts: z.number().int(), valueCents: z.number() });
const pipeline = pipelineFields.extend({ id: z.uuid(), stages: z.array(stage) });

/** Each stage with how many contacts stand there and the sum of their estimated revenue. */
export const listPipelines = operation({
  name: 'pipelines.list',
  kind: 'query',
  agent: true,
  summary: 'List the pipelines with their stages.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/pipelines' }],
  input: listQuery(['displayOrder', 'name']),
  output: listOf(pipeline),
});

export const getPipeline = operation({
  name: 'pipelines.get',
  kind: 'query',
  agent: true,
  summary: 'Get one pipeline with its stages.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/pipelines/:id' }],
  input: one,
  output: pipeline,
});

export const createPipeline = operation({
  name: 'pipelines.create',
  kind: 'command',
  summary: 'Make a pipeline.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/pipelines' }],
  input: pipelineFields.extend({ id: z.uuid().optional(), displayOrder: displayOrder.default(0) }),
  output: done,
  patches: ({ id, ...body }) =>
    id ? [{ kind: 'insert', table: 'workspace_items', id, values: { kind: 'pipeline', body } }] : [],
});

export const updatePipeline = operation({
  name: 'pipelines.update',
  kind: 'command',
  summary: 'Rename or reorder a pipeline.',
  role: 'MANAGER',
  routes: [{ method: 'PATCH', path: '/pipelines/:id' }],
  input: pipelineFields.extend({ id: z.uuid() }),
  output: done,
  patches: ({ id, ...body }) => [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body } }],
});

/** Its contacts leave it and stay contacts. `conflict` (details.contacts) while any stand in it, unless `anyway`. */
export const deletePipeline = operation({
  name: 'pipelines.delete',
  kind: 'command',
  summary: 'Delete a pipeline with its stages.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/pipelines/:id' }],
  input: one.extend({ anyway: z.stringbool().or(z.boolean()).default(false) }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});

export const createStage = operation({
  name: 'stages.create',
  kind: 'command',
  summary: 'Add a stage to a pipeline.',
  role: 'MANAGER',
  routes: [{ method: 'POST', path: '/pipelines/:pipelineId/stages' }],
  input: stageFields.extend({
    id: z.uuid().optional(),
    displayOrder: displayOrder.default(0),
    probability: stageFields.shape.probability.default(0),
    color: color.default(null),
  }),
  output: done,
  patches: ({ id, ...body }) =>
    id ? [{ kind: 'insert', table: 'workspace_items', id, values: { kind: 'stage', body } }] : [],
});

/** With another `pipelineId` the stage moves there and takes its contacts along. */
export const updateStage = operation({
  name: 'stages.update',
  kind: 'command',
  summary: 'Change a stage.',
  role: 'MANAGER',
  routes: [{ method: 'PATCH', path: '/stages/:id' }],
  input: stageFields.extend({ id: z.uuid() }),
  output: done,
  patches: ({ id, ...body }) => [{ kind: 'set', table: 'workspace_items', ids: [id], values: { body } }],
});

/** Contacts in it move to `moveTo`, or leave the pipeline when it is null. */
export const deleteStage = operation({
  name: 'stages.delete',
  kind: 'command',
  summary: 'Delete a stage; its contacts move to another.',
  role: 'MANAGER',
  routes: [{ method: 'DELETE', path: '/stages/:id' }],
  input: one.extend({ moveTo: z.uuid().nullable().default(null) }),
  output: done,
  patches: ({ id }) => [{ kind: 'delete', table: 'workspace_items', ids: [id] }],
});
