import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `acknowledged` is what the slot was told, `epoch` the database (see database-epoch) that the log belongs to. */
export type LogState = { readonly epoch: string; readonly acknowledged: string };

/** A missing or broken state is an empty one: every client begins anew, which is always right. */
export function loadState(dir: string): LogState {
  try {
    const saved = JSON.parse(readFileSync(path.join(dir, 'state.json'), 'utf8')) as Partial<LogState>;
    if (typeof saved.epoch === 'string' && /^\d+$/.test(saved.acknowledged ?? ''))
      return { epoch: saved.epoch, acknowledged: String(saved.acknowledged) };
  } catch {
    // Falls through to the empty state.
  }
  return { epoch: '', acknowledged: '0' };
}

/** Replaces the saved state in one step. On disk when this returns. */
export function saveState(dir: string, state: LogState): void {
  const file = path.join(dir, 'state.json');
  writeFileSync(`${file}.new`, JSON.stringify(state), { flush: true });
  renameSync(`${file}.new`, file);
}
