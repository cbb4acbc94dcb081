import { expect } from 'vitest';

/** A disk that takes nothing at the points named in `full`. */
export function fullDisk() {
  const met = new Set<string>();
  const disk = {
    full: [] as string[],
    fault: (point: string) => {
      if (!disk.full.includes(point)) return;
      met.add(point);
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
    },
    meet: (point: string) => expect.poll(() => met.has(point), { timeout: 10_000 }).toBe(true),
  };
  return disk;
}
