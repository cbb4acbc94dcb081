import * as operations from '../../../shared/segments/segment-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { createSegment, deleteSegment, updateSegment } from './change-segment.ts';
import { countMatching, getSegment, listSegments } from './list-segments.ts';

export const segmentVerbs: BoundVerb[] = [
  bindVerb(operations.listSegments, listSegments),
  bindVerb(operations.getSegment, getSegment),
  bindVerb(operations.createSegment, createSegment),
  bindVerb(operations.updateSegment, updateSegment),
  bindVerb(operations.deleteSegment, deleteSegment),
  bindVerb(operations.countMatching, countMatching),
];
