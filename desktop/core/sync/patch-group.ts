import type { Cells } from '../replica/cells.ts';

/** A patch over some rows of one table: `body` for all of them, `own` for what a row has to itself. */
export type PatchGroup = {
  table: string;
  kind: 'insert' | 'set' | 'delete';
  body: Cells;
  rows: readonly { id: string; own: Cells | null }[];
};

/** Joins neighbouring inserts into one table, so that five thousand tags are one patch. What all have in common is kept once. */
export function groupPatches(patches: readonly PatchGroup[]): PatchGroup[] {
  const runs: PatchGroup[][] = [];
  for (const patch of patches) {
    const run = runs.at(-1);
    if (run?.[0] && run[0].kind === 'insert' && patch.kind === 'insert' && run[0].table === patch.table)
      run.push(patch);
    else runs.push([patch]);
  }
  return runs.flatMap((run) => (run.length === 1 ? run : [joinInserts(run)])).map(withoutRepeats);
}

function withoutRepeats(group: PatchGroup): PatchGroup {
  const byId = new Map(group.rows.toReversed().map((row) => [row.id, row]));
  return byId.size === group.rows.length ? group : { ...group, rows: [...byId.values()].toReversed() };
}

function joinInserts(run: readonly PatchGroup[]): PatchGroup {
  const [first, ...others] = run as [PatchGroup, ...PatchGroup[]];
  const columns = new Set(run.flatMap(({ body }) => Object.keys(body)));
  const body: Cells = {};
  for (const column of columns) {
    const cell = first.body[column];
    if (cell !== undefined && others.every((other) => other.body[column] === cell)) body[column] = cell;
  }
  const rows = run.flatMap((patch) =>
    patch.rows.map(({ id }) => ({
      id,
      own: Object.fromEntries(Object.entries(patch.body).filter(([column]) => !(column in body))),
    })),
  );
  return { table: first.table, kind: 'insert', body, rows };
}
