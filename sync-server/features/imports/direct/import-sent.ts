import type { importTable } from '../../../../shared/imports/import-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { flattenRows } from './flatten-rows.ts';
import { takeTable } from './take-table.ts';

/** Rows by heading, numbered from 1. */
export const importSent: Verb<typeof importTable> = (act, { rows, ...choices }) => {
  const { headers, paths, table } = flattenRows(rows);
  const columns = {
    ...Object.fromEntries([...paths].map(([header, path]) => [header, `attribute:${path}` as const])),
    ...choices.columns,
  };
  const numbered = table.map((cells, i) => ({ row: i + 1, cells }));
  return takeTable(act, { headers, rows: numbered }, { ...choices, columns });
};
