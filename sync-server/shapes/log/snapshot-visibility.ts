/** Which transactions a Postgres snapshot has seen, from `pg_current_snapshot()::text` (`xmin:xmax:xip,xip`). */
export type SnapshotVisibility = {
  readonly xmin: bigint;
  readonly xmax: bigint;
  readonly running: ReadonlySet<bigint>;
};

export function readVisibility(text: string): SnapshotVisibility {
  const [xmin = '0', xmax = '0', running = ''] = text.split(':');
  return {
    xmin: BigInt(xmin),
    xmax: BigInt(xmax),
    running: new Set(running.split(',').filter(Boolean).map(BigInt)),
  };
}

/**
 * Whether the snapshot contains this transaction. `xid` is 32 bit, as the WAL has it; it is read as near to `xmax` as can
 * be, which is right while fewer than two billion transactions lie between.
 */
export function isVisible({ xmin, xmax, running }: SnapshotVisibility, xid: number): boolean {
  const epoch = xmax - (xmax & 0xffff_ffffn);
  let full = epoch + BigInt(xid);
  if (full > xmax + 0x8000_0000n) full -= 0x1_0000_0000n;
  else if (full < xmax - 0x8000_0000n) full += 0x1_0000_0000n;
  return full < xmin || (full < xmax && !running.has(full));
}
