import type { ActFilter } from '../../../../shared/bridge/team-contract.ts';
import { toCsvLine } from '../../../../shared/kernel/csv-cell.ts';
import type { QueryContext } from '../../replica/query-context.ts';
import { readActs } from './activity-queries.ts';

/** More than any spreadsheet is pleasant with, and little enough to carry at once. */
const MOST = 100_000;
const HEADINGS = ['at', 'person', 'what', 'action', 'contact', 'records', 'device', 'taken back at', 'before', 'after'];

/** Acts as a spreadsheet reads them, newest first. Instants are in UTC. */
export function writeActsCsv(context: QueryContext, filter: ActFilter): string {
  // The mark by which spreadsheets know UTF-8.
  const lines = [`\ufeff${toCsvLine(HEADINGS)}`];
  for (const act of readActs(context, filter)) {
    if (lines.length > MOST) break;
    const { at, userName, title, action, contactName, records, deviceName, undoneAt, before, after } = act;
    lines.push(
      toCsvLine([iso(at), userName, title, action, contactName, records, deviceName, iso(undoneAt), before, after]),
    );
  }
  return lines.join('');
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
