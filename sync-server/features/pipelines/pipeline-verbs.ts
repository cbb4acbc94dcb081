import * as operations from '../../../shared/pipelines/pipeline-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { createPipeline, deletePipeline, updatePipeline } from './change-pipeline.ts';
import { createStage, deleteStage, updateStage } from './change-stage.ts';
import { getPipeline, listPipelines } from './list-pipelines.ts';
import type { StageMover } from './stage-mover.ts';

export const createPipelineVerbs = (mover: StageMover): BoundVerb[] => [
  bindVerb(operations.listPipelines, listPipelines),
  bindVerb(operations.getPipeline, getPipeline),
  bindVerb(operations.createPipeline, createPipeline),
  bindVerb(operations.updatePipeline, updatePipeline),
  bindVerb(operations.deletePipeline, deletePipeline(mover)),
  bindVerb(operations.createStage, createStage),
  bindVerb(operations.updateStage, updateStage),
  bindVerb(operations.deleteStage, deleteStage(mover)),
];
