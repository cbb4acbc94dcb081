import { syncedTable } from '../protocol/synced-table.ts';

/**
 * What members did, from the audit log, for the days the desktop keeps: who, what, when, from which device.
 * `before` and `after` hold the changed fields where they are small. `undo` is the act that takes it back, null where there is none
 * or it is too large to travel (then `undoable` still says that the server can). `undoneAt` tells that it was taken back.
 */
export const actsTable = syncedTable('acts', {
  userId: 'uuid',
  deviceName: 'text',
  action: 'text',
  entity: 'text',
  entityId: 'uuid',
  contactId: 'uuid',
  /** How many records it was about. */
  records: 'integer',
  before: 'json',
  after: 'json',
  undoable: 'boolean',
  undo: 'json',
  undoneAt: 'instant',
  /** Shared by the slices of one act of a person; where there is but one, the id of its write. */
  unit: 'uuid',
  at: 'instant',
});
