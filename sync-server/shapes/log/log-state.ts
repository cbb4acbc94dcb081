import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/kernel/app-error.ts';

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

const held = new Set<string>();

/**
 * Takes the directory for this process, before any file in it is touched. Throws `conflict` while another process has it:
 * two writers would cut off each other's journal. What a killed process left is taken over.
 */
export function lockDirectory(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'owner.pid');
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (held.has(file) || (owner > 0 && owner !== process.pid && isAlive(owner)))
    throw new AppError(
      'conflict',
      `Another process (${owner}) already keeps a shape log in ${dir}. Stop it, or choose another DATA_DIR. If it is no Switchboard server, remove ${file}.`,
    );
  writeFileSync(file, String(process.pid));
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
