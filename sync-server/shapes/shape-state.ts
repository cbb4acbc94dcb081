import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ShapeDefinition } from './shape-rule.ts';

/**
 * What the shape log remembers beside its journal: `epochs` moves a table's handles on, `acknowledged` is what the slot was told,
 * `system` the database cluster that all of it belongs to.
 */
export type SavedState = {
  system: string;
  epochs: Record<string, number>;
  acknowledged: string;
  shapes: ShapeDefinition[];
};

/** A missing or broken state is an empty one: every client begins anew, which is always right. */
export function loadState(dir: string): SavedState {
  try {
    return JSON.parse(readFileSync(path.join(dir, 'state.json'), 'utf8')) as SavedState;
  } catch {
    return { system: '', epochs: {}, acknowledged: '0', shapes: [] };
  }
}

/** Replaces the saved state in one step. On disk when this returns. */
export function saveState(dir: string, state: SavedState): void {
  const file = path.join(dir, 'state.json');
  writeFileSync(`${file}.new`, JSON.stringify(state), { flush: true });
  renameSync(`${file}.new`, file);
}
