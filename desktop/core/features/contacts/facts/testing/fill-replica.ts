import { tagIdOf } from '../../../../../../shared/contacts/tag.ts';
import { idFromParts } from '../../../../../../shared/kernel/ids.ts';
import { toColumnName } from '../../../../../../shared/protocol/synced-table.ts';
import type { SegmentContact } from '../../../../../../shared/segments/evaluate-segment.ts';
import { TENANT } from '../../../../../../shared/segments/testing/segment-people.ts';
import type { Cell, Cells } from '../../../../replica/cells.ts';
import type { Replica } from '../../../../replica/open-replica.ts';
import { getReplicaTable } from '../../../../replica/replica-schema.ts';
import { deleteRow, upsertRow } from '../../../../replica/write-rows.ts';

const toCell = (value: unknown): Cell => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || value === null || value === undefined)
    return value ?? null;
  return JSON.stringify(value);
};

/** Writes a contact as the replica keeps it, with its tags and groups, in place of what was there of it. */
export function putContact(replica: Replica, id: string, contact: SegmentContact): void {
  const { tags, groups, ...fields } = contact;
  const cells: Cells = { id };
  for (const [key, value] of Object.entries(fields)) cells[toColumnName(key)] = toCell(value);
  replica.tx(() => {
    upsertRow(replica, getReplicaTable('contacts'), cells);
    unlink(replica, id);
    for (const name of tags) {
      const tagId = tagIdOf(TENANT, name);
      const item = { id: tagId, kind: 'tag', body: JSON.stringify({ name }) };
      upsertRow(replica, getReplicaTable('workspace_items'), item);
      const link = { id: idFromParts(TENANT, id, tagId), contact_id: id, tag_id: tagId, created_at: 0 };
      upsertRow(replica, getReplicaTable('contact_tags'), link);
    }
    for (const groupId of groups) {
      const link = { id: idFromParts(TENANT, id, groupId), contact_id: id, group_id: groupId, created_at: 0 };
      upsertRow(replica, getReplicaTable('group_members'), link);
    }
  });
}

export function dropContact(replica: Replica, id: string): void {
  replica.tx(() => {
    unlink(replica, id);
    deleteRow(replica, getReplicaTable('contacts'), id);
  });
}

function unlink(replica: Replica, id: string): void {
  for (const table of ['contact_tags', 'group_members']) {
    const links = replica.sql(`SELECT id FROM ${table} WHERE contact_id = ?`).pluck().all(id) as string[];
    for (const link of links) deleteRow(replica, getReplicaTable(table), link);
  }
}
