import { syncedTable } from '../protocol/synced-table.ts';

/**
 * Changes that met: an edit arrived at the server for a row that somebody else had changed since the editor's device last knew it.
 * One row per meeting, kept 90 days. Agents and above may replicate it; a viewer's device finds no such shape.
 *
 * `kind` is `merged` (different fields: both stand) or `overwritten` (a field of both: `mine` shows, what `theirs` says is kept here).
 * `mine` is what the arriving write set, `theirs` what others had set in between, both `{field: value}`; the fields in both are
 * those that were overwritten. `mineMadeAt` is the clock of the arriving device, kept between the basis of the edit and its arrival.
 */
export const metChangesTable = syncedTable('met_changes', {
  entity: 'text',
  entityId: 'uuid',
  contactId: 'uuid',
  kind: 'text',
  mine: 'json',
  theirs: 'json',
  mineById: 'uuid',
  mineMadeAt: 'instant',
  /** Null when the server itself had changed the row: an import, a text that came in. */
  theirsById: 'uuid',
  theirsAt: 'instant',
  createdAt: 'instant',
  resolvedAt: 'instant',
  resolvedById: 'uuid',
});
